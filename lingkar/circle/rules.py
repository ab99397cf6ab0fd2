"""The only file that names the principles together: their order, and the table of event kinds."""

from dataclasses import asdict, fields
from typing import Any

from lingkar.circle import events as own
from lingkar.principles.acceptance import guide as acceptance_guide
from lingkar.principles.confidentiality import events as confidentiality
from lingkar.principles.confidentiality import guide as confidentiality_guide
from lingkar.principles.contract import Event, Guide, Remark, Setting, Shut
from lingkar.principles.openness import events as openness
from lingkar.principles.responsibility import events as responsibility
from lingkar.principles.trust import events as trust

LONGEST_TEXT = 4000

KINDS: dict[str, type[Event]] = {
    kind.__name__: kind
    for kind in (
        confidentiality.LimitsExplained,
        confidentiality.LimitsAffirmed,
        confidentiality.Withdrawn,
        confidentiality.WithdrawnInPrivate,
        trust.PauseAsked,
        trust.PauseSet,
        trust.StageMoved,
        trust.SessionClosed,
        openness.Post,
        openness.Nameless,
        openness.BowlNote,
        openness.BowlOpened,
        openness.NamelessTakenBack,
        openness.BowlWanted,
        openness.Whisper,
        openness.Passed,
        openness.RoundStarted,
        openness.TurnMoved,
        openness.RoundEnded,
        responsibility.HandRaised,
        responsibility.Admitted,
        responsibility.Departed,
        own.Signal,
        own.HeldPost,
        own.HeldReleased,
        own.SignalSeen,
        own.Insisted,
        own.PrivateNote,
    )
}

GUIDES: tuple[Guide, ...] = (confidentiality_guide.guide, acceptance_guide.guide)


def shut(event: Event, *, by_counsellor: bool) -> Shut | None:
    """The first reason why this may not be kept."""
    if event.by_counsellor_only and not by_counsellor:
        return Shut("COUNSELLOR-ONLY")
    if len(event.words) > LONGEST_TEXT:
        return Shut("TOO-LONG")
    if hasattr(event, "text") and not event.words.strip():
        return Shut("EMPTY")
    return None


def remark(event: Event, setting: Setting) -> Remark | None:
    """The strongest remark, if any guide has one."""
    found = [remark for guide in GUIDES if (remark := guide(event, setting))]
    return max(found, key=lambda remark: remark.strength, default=None)


def to_document(event: Event) -> dict[str, Any]:
    """The sealed form. The number lies outside and is left out."""
    document = asdict(event)
    del document["number"]
    return {"kind": type(event).__name__, **document}


def from_document(document: dict[str, Any], number: int) -> Event:
    """Inverse of `to_document`. Raises `KeyError`, `TypeError` for a document that is no event."""
    kind = KINDS[document["kind"]]
    known = {field.name for field in fields(kind)}
    values = {name: _frozen(value) for name, value in document.items() if name in known}
    return kind(**values, number=number)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
