"""What the seven have of their own, played: a hidden round, norms, goals, strengths, who comes, counted me-too."""

import asyncio
import re
from datetime import date
from typing import Any

from lingkar.rehearse.client import Client, PlayError, new_id

QUESTION = "Apa yang membuatmu bertahan sampai hari ini?"
WHY = "Supaya kita tahu apa yang bisa dijaga bersama."
ANSWER = "Yang membuatku bertahan itu suara adik tiap pagi."
NORM = "Kita menunggu tiga detik sebelum menanggapi."
OBJECTION = "Kadang aku lupa menghitung sampai tiga."
GOAL = "Berani mengangkat tangan di kelas sejarah."
LEVEL = "Sekali seminggu mengangkat tangan."
REASON = "Ada latihan paduan suara di gereja sore itu."
PROMISE = "Saya bawakan daftar orang yang bisa dihubungi kapan saja."
STRENGTHS = ("listens", "tries-again")
TYPED = (QUESTION, WHY, ANSWER, NORM, OBJECTION, GOAL, LEVEL, REASON, PROMISE)


async def play_round(counsellor: Client, members: list[Client], seats: list[str]) -> tuple[list[str], int]:
    """A round in which no answer shows before its end. Ids of the answers in order, and how many were seen early."""
    started = new_id()
    frame = {"t": "mark", "mark": "round", "id": started, "order": seats, "together": True}
    await counsellor.say({**frame, "question": QUESTION, "why": WHY})
    answers: list[str] = []
    for at, member in enumerate(members):
        if at and at == len(members) - 1:
            await member.say({"t": "mark", "mark": "answer-pass", "id": new_id(), "round": started})
            continue
        said: dict[str, Any] = {
            "t": "say",
            "way": "answer",
            "id": new_id(),
            "text": f"{ANSWER} ({at})",
            "round": started,
        }
        answer = await member.say(said)
        if answer["state"] == "nudged":
            said = {**said, "id": new_id(), "insists": True}
            await member.say(said)
        answers.append(str(said["id"]))
    await asyncio.sleep(0.2)
    early = sum(one in client.seen.ids["room"] for one in answers for client in (counsellor, *members))
    await counsellor.say({"t": "mark", "mark": "round-end", "id": new_id()})
    for _ in range(100):
        if all(set(answers) <= set(client.seen.ids["room"]) for client in (counsellor, *members)):
            return answers, early
        await asyncio.sleep(0.05)
    raise PlayError("the answers of the round did not arrive")


async def count_me_too(members: list[Client], post: str) -> None:
    """Everybody but the last two, each without a name."""
    for member in members[:-2]:
        await member.say({"t": "mark", "mark": "me-too", "counted": True, "id": new_id(), "target": post})


def agree_on(counsellor: Client, members: list[Client], group: str) -> None:
    """One proposes a norm, another objects, the counsellor writes it down; from now on it must be signed."""
    path = f"/lingkar/{group}/kesepakatan/"
    members[0].post(path, act="propose", text=NORM)
    found = re.search(r'name="add" value="([0-9a-f]{32})"', counsellor.get(path))
    if found is None:
        raise PlayError("the proposal did not arrive")
    members[-1].post(path, act="answer", target=found[1], agrees="no", objection=OBJECTION)
    counsellor.post(path, act="agree", keep=["@stays", "@listen"], add=[found[1]])


def own_pages(counsellor: Client, member: Client, group: str) -> None:
    """A goal with its levels, rated twice, and what is mine."""
    path = f"/lingkar/{group}/tujuan/"
    member.post(path, text=GOAL, **{"level-0": LEVEL})
    found = re.search(rf"{path}([0-9a-f]{{32}})/rate/", member.get(path))
    if found is None or GOAL not in counsellor.get(path):
        raise PlayError("the goal did not arrive")
    for level in ("-1", "1"):
        member.post(f"{path}{found[1]}/rate/", level=level)
    member.post(f"/lingkar/{group}/khas/", strengths=list(STRENGTHS))


def promised(counsellor: Client, member: Client, group: str) -> None:
    """A promise with a day, which a member sees kept."""
    path = f"/lingkar/{group}/janji/"
    counsellor.post(path, text=PROMISE, due=date.today().isoformat())
    found = re.search(rf"{path}([0-9a-f]{{32}})/", member.get(path))
    if found is None:
        raise PlayError("the promise did not arrive")
    member.post(f"{path}{found[1]}/")


def before_next(counsellor: Client, members: list[Client], group: str, session: str) -> dict[str, Any]:
    """Whether they come, and their signatures under what changed: how many were asked, whether one is missing."""
    path = f"/lingkar/{group}/kesepakatan/"
    asked = sum('value="sign"' in member.get(path) for member in members)
    members[0].post(f"/pertemuan/{session}/hadir/", coming="maybe", reason=REASON)
    for member in members:
        version = re.search(r'name="version" value="(\d+)"', member.get(path))
        member.post(path, act="sign", version=version[1] if version else "")
    page = counsellor.get(path)
    return {"asked_to_sign": asked, "unsigned": "Belum menandatangani" in page}
