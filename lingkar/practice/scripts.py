"""Practice scripts: data files that say who sits in the circle and what happens, in two languages."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Beat:
    """One thing a scripted member does.

    `after`: seconds after the one before. `waits`: first the counsellor says something, but no longer than a minute.
    `way`: named, alone, nameless, or a mark (hand, pass, me-too). `to`: the `id` of an earlier beat, or "lead".
    """

    who: str
    way: str
    text: dict[str, str]
    after: float
    waits: bool
    id: str
    to: str


@dataclass(frozen=True)
class Look:
    """A moment that the debrief comes back to: after this beat, was it answered, was the signal seen, who was invited?

    `look`: answer, signal, or invited; `who` is the one to invite. `text` says what one may try, by language.
    """

    beat: str
    look: str
    who: str
    text: dict[str, str]


@dataclass(frozen=True)
class Script:
    """A practice room: `title` and `about` by language, names in the order of their seats.

    `pulse` is what its members answer at the closing, `action` what they want to try.
    """

    id: str
    title: dict[str, str]
    about: dict[str, str]
    members: tuple[str, ...]
    beats: tuple[Beat, ...]
    looks: tuple[Look, ...]
    pulse: tuple[int, ...]
    action: dict[str, str]


@lru_cache(maxsize=1)
def scripts() -> dict[str, Script]:
    """All scripts by id, the ordinary session first."""
    found = [_script(path) for path in sorted(DATA.glob("*.toml"))]
    return {script.id: script for script in found}


def _script(path: Path) -> Script:
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    beats = tuple(
        Beat(
            who=beat["who"],
            way=beat.get("way", "named"),
            text={"id": beat.get("id_text", ""), "en": beat.get("en_text", "")},
            after=float(beat.get("after", 6)),
            waits=beat.get("waits", False),
            id=beat.get("id", ""),
            to=beat.get("to", ""),
        )
        for beat in read["beat"]
    )
    looks = []
    for moment in read["moment"]:
        look, _colon, who = moment["look"].partition(":")
        looks.append(Look(moment["beat"], look, who, {"id": moment["id_text"], "en": moment["en_text"]}))
    return Script(
        id=path.stem.split("-", 1)[1],
        title=read["title"],
        about=read["about"],
        members=tuple(read["members"]),
        beats=beats,
        looks=tuple(looks),
        pulse=tuple(read["pulse"]),
        action=read["action"],
    )


def played_in(name: str) -> Script | None:
    """The script whose title a practice group bears, in either language."""
    return next((script for script in scripts().values() if name in script.title.values()), None)
