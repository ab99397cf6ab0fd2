"""The wheel counted again from a session's opened events, in another way than the product does.

The events come as the counsellor's page gets them (`/sejak/0/`), as plain documents; nothing of the product is asked.
"""

import json
import re
from collections import Counter
from typing import Any

from lingkar.rehearse.client import Client

type Events = list[dict[str, Any]]

ITEMS = 8
FEWEST = 3
FELT = re.compile(
    r"Terasa: (?:(\d+) jawaban, (\d+) tidak menjawab\."
    r"\s*1: (\d+),\s*2: (\d+),\s*3: (\d+),\s*4: (\d+),\s*5: (\d+)|kurang)"
)


def opened(client: Client, session: str) -> Events:
    """Everything of the room and the counsellors that this reader can open, in order of time."""
    frames = json.loads(client.get(f"/ruang/{session}/sejak/0/"))["frames"]
    return sorted((frame["e"] for frame in frames if "at" in frame["e"]), key=lambda event: event["at"])


def figures(events: Events, helped: list[int]) -> dict[str, tuple[int, int]]:
    """By rule; a figure without evidence is left out, as the page shows none.

    `helped`: what receivers said of their cards, 0 to 2; cards lie in keyrings of two, which the room's line never has.
    """
    here = {event["member"] for event in events if event["kind"] == "Admitted"}
    posts = {event["id"]: event for event in events if event["kind"] == "Post"}
    named = {post for post, event in posts.items() if event["by"] in here}
    found = {
        "CONFIDENTIALITY-6": (len(_by(events, "LimitsAffirmed") & here), len(here) * _any(events, "LimitsExplained")),
        "TRUST-4": (len(_helpers(posts, here)), len(here) if named else 0),
        "ACCEPTANCE-6": _answered(events, posts, here),
        "OPENNESS-5": (
            len(named),
            len(named) + sum(e["kind"] in ("Whisper", "BowlNote") and e["by"] in here for e in events),
        ),
        "RESPONSIBILITY-5": (
            len({event["by"] for event in events if event["kind"] == "UcaGiven" and event["action"].strip()} & here),
            len(here) * _any(events, "UcaGiven"),
        ),
        "UNIVERSALITY-2": _threads(events, here),
        "FEEDBACK-4": (helped.count(2), len(helped)),
    }
    return {rule: figure for rule, figure in found.items() if figure[1]}


def _by(events: Events, kind: str) -> set[str]:
    return {event["by"] for event in events if event["kind"] == kind}


def _any(events: Events, kind: str) -> int:
    return int(any(event["kind"] == kind for event in events))


def _helpers(posts: dict[str, dict[str, Any]], here: set[str]) -> set[str]:
    pairs = [(post["by"], posts[post["reply_to"]]["by"]) for post in posts.values() if post["reply_to"] in posts]
    return {one for one, other in pairs if one in here and other in here and one != other}


def _answered(events: Events, posts: dict[str, dict[str, Any]], here: set[str]) -> tuple[int, int]:
    """In the working stage alone."""
    stages = [event for event in events if event["kind"] in ("StageMoved", "Post")]
    stage, working = "", set()
    for event in stages:
        if event["kind"] == "StageMoved":
            stage = event["stage"]
        elif stage == "working":
            working.add(event["id"])
    shared = {one for one in working if posts[one]["by"] in here and not posts[one]["reply_to"]}
    said = {
        posts[one]["reply_to"]
        for one in working
        if posts[one]["reply_to"] in shared and posts[posts[one]["reply_to"]]["by"] != posts[one]["by"]
    }
    return len(said), len(shared)


def _threads(events: Events, here: set[str]) -> tuple[int, int]:
    shown = [thread.split("=")[0] for event in events if event["kind"] == "ThreadsShown" for thread in event["threads"]]
    picks = {
        event["by"]: set(event["themes"])
        for event in events
        if event["kind"] == "ThreadsPicked" and event["by"] in here
    }
    return sum(bool(mine & set(shown)) for mine in picks.values()), len(picks) * _any(events, "ThreadsShown")


def felt(events: Events, pulses: list[list[int]]) -> list[tuple[int, ...]]:
    """For each item: answers, how many are missing, and the counts of 1 to 5; empty where fewer than three answered.

    `pulses`: what was given, 0 for passed; no browser gets that back, also the counsellor's does not.
    """
    here = len({event["member"] for event in events if event["kind"] == "Admitted"})
    found = []
    for at in range(ITEMS):
        counts = Counter(pulse[at] for pulse in pulses if pulse[at])
        answers = sum(counts.values())
        shown = (answers, here - answers, *(counts[value] for value in range(1, 6)))
        found.append(shown if answers >= FEWEST else ())
    return found


def shown_felt(page: str) -> list[tuple[int, ...]]:
    """The same as the wheel's page tells it."""
    return [tuple(int(number) for number in line if number) for line in FELT.findall(page)]
