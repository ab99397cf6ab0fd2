"""The only file that names the principles together: their order, and the table of event kinds."""

from dataclasses import asdict, fields
from typing import Any

from lingkar.circle import events as own
from lingkar.groups.audience import Audience
from lingkar.principles.acceptance import events as acceptance
from lingkar.principles.acceptance import gauge as acceptance_gauge
from lingkar.principles.acceptance import guide as acceptance_guide
from lingkar.principles.confidentiality import events as confidentiality
from lingkar.principles.confidentiality import gauge as confidentiality_gauge
from lingkar.principles.confidentiality import guide as confidentiality_guide
from lingkar.principles.contract import Event, Gauge, Guide, Reading, Remark, Setting, Shut, Sight
from lingkar.principles.feedback import events as feedback
from lingkar.principles.feedback import gauge as feedback_gauge
from lingkar.principles.openness import events as openness
from lingkar.principles.openness import gauge as openness_gauge
from lingkar.principles.openness import guide as openness_guide
from lingkar.principles.responsibility import events as responsibility
from lingkar.principles.responsibility import gauge as responsibility_gauge
from lingkar.principles.trust import events as trust
from lingkar.principles.trust import gauge as trust_gauge
from lingkar.principles.universality import events as universality
from lingkar.principles.universality import gauge as universality_gauge

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
        trust.RuptureRaised,
        trust.RuptureAnswered,
        trust.RuptureSettled,
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
        openness.RoundAnswered,
        openness.RoundPassed,
        openness.AnswerGiven,
        openness.Thinking,
        responsibility.HandRaised,
        responsibility.Admitted,
        responsibility.Departed,
        own.Signal,
        own.HeldPost,
        own.HeldReleased,
        own.SignalSeen,
        acceptance.Insisted,
        acceptance.NudgeAnswered,
        acceptance.NormProposed,
        acceptance.NormAnswered,
        acceptance.NormsAgreed,
        acceptance.AgreementSigned,
        own.FlagJudged,
        own.PrivateNote,
        own.PulseGiven,
        own.GoodbyeSaid,
        own.OutcomeGiven,
        own.CaseRaised,
        own.CaseStep,
        own.CaseOpened,
        own.SupervisionSealed,
        own.CaseTold,
        responsibility.UcaGiven,
        responsibility.CommitmentReviewed,
        responsibility.AttendancePlanned,
        responsibility.GoalSet,
        responsibility.GoalRated,
        responsibility.ReflectionWritten,
        responsibility.ReflectionShared,
        universality.PickingStarted,
        universality.ThreadsPicked,
        universality.PickingEnded,
        universality.ThreadsShown,
        universality.StrengthsChosen,
        universality.StrengthsShared,
        universality.MeToo,
        universality.MeTooCounted,
        universality.MeTooShown,
        universality.DifferenceValued,
        feedback.Readiness,
        feedback.CardRound,
        feedback.CardSent,
        feedback.CardHeld,
        feedback.CardDecided,
        feedback.CardAnswered,
    )
}

GAUGES: dict[str, Gauge] = {
    "confidentiality": confidentiality_gauge.gauge,
    "trust": trust_gauge.gauge,
    "acceptance": acceptance_gauge.gauge,
    "openness": openness_gauge.gauge,
    "responsibility": responsibility_gauge.gauge,
    "universality": universality_gauge.gauge,
    "feedback": feedback_gauge.gauge,
}
FURTHER: dict[str, Gauge] = {"trust": trust_gauge.repaired}
"""A second figure, where an asas has one."""
PRINCIPLES = tuple(GAUGES)
HEARD_BY_OTHERS = (Audience.ROOM, Audience.PAIR)

GUIDES: tuple[Guide, ...] = (confidentiality_guide.guide, acceptance_guide.guide, openness_guide.guide)


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
    """The strongest remark, if any guide has one. What goes to the counsellors alone needs no softening."""
    only_theme = isinstance(event, openness.BowlNote) and event.theme
    if only_theme or (event.audience not in HEARD_BY_OTHERS and not event.is_shown_later):
        return None
    found = [remark for guide in GUIDES if (remark := guide(event, setting))]
    return max(found, key=lambda remark: remark.strength, default=None)


def readings(sight: Sight) -> dict[str, Reading]:
    """One figure for each principle, in their order."""
    return {name: gauge(sight) for name, gauge in GAUGES.items()}


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
