"""UNIVERSALITY-3: two sharings about the same theme that do not know of each other yet, for the counsellor to link.

Linking by the leader carries universality (Yalom and Leszcz; domain.md, section e2). It hints; the counsellor decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lingkar import lexicon
from lingkar.principles.contract import Event, rule
from lingkar.principles.openness.events import Post
from lingkar.principles.universality.events import MeToo

SHORTEST = 40
"""Characters below which a post says too little to have a theme."""
RECENT = 40
"""Sharings that are looked at."""


@dataclass(frozen=True)
class Link:
    """Two members whose sharings have this theme in common."""

    theme: str
    members: tuple[str, str]


@rule("UNIVERSALITY-3", page="room")
def links(said: Sequence[Event], members: frozenset[str]) -> list[Link]:
    """The newest first; one for each pair who neither answered one another nor said "me too"."""
    posts = [event for event in said if isinstance(event, Post) and event.by in members]
    authors = {post.id: post.by for post in posts}
    met = {frozenset((one.by, authors.get(one.reply_to, ""))) for one in posts}
    met |= {frozenset((one.by, authors.get(one.target, ""))) for one in said if isinstance(one, MeToo)}
    own = [(post.by, _theme(post.text)) for post in posts if not post.reply_to][-RECENT:]
    found: dict[frozenset[str], Link] = {}
    for at, (by, theme) in enumerate(own):
        for earlier, same in own[:at]:
            pair = frozenset((by, earlier))
            if theme and theme == same and by != earlier and pair not in met:
                found[pair] = Link(theme, (earlier, by))
    return list(found.values())[::-1]


def _theme(text: str) -> str:
    """The likeliest theme; empty where the words are too few."""
    themes = lexicon.theme(text)["themes"] if len(text) >= SHORTEST else []
    return themes[0] if themes else ""
