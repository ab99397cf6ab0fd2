"""The wheel as a page shows it: names, figures that open to their evidence, and what they were last time."""

from typing import Any

from lingkar.circle import asas, past, rules, sight, wheel
from lingkar.circle.events import PulseGiven
from lingkar.circle.sight import Opening
from lingkar.groups.access import Place
from lingkar.groups.models import GroupSession
from lingkar.principles.acceptance import gauge as acceptance
from lingkar.principles.contract import Event
from lingkar.principles.responsibility.events import UcaGiven
from lingkar.principles.trust import guide as trust_guide

LONGEST_EXCERPT = 160


def wheel_context(where: Place, session: GroupSession, opened: Opening) -> dict[str, Any]:
    """For `reports/spokes.html`."""
    spokes = wheel.spokes(opened.sight)
    earlier = [one for one in past.held(where) if one.number < session.number]
    last = sight.opened(where, earlier[-1]) if earlier else None
    before = wheel.spokes(last.sight) if last else [None] * len(spokes)
    trust = list(wheel.ITEMS).index("trust")
    felt = [spoke.felt.share for spoke in (before[trust], spokes[trust]) if spoke]
    by_id = {event.id: event for event in opened.sight.events}
    advice = wheel.suggestion(spokes)
    return {
        "spokes": [_spoke(spoke, ago, by_id, opened.names) for spoke, ago in zip(spokes, before, strict=True)],
        "trust_fell": trust_guide.has_fallen(felt),
        "repaired": rules.FURTHER["trust"](opened.sight),
        "present": len(opened.sight.members),
        "pulses": len(opened.sight.of(PulseGiven)),
        "fewest": wheel.FEWEST,
        "advice": asas.suggestions()[advice.item] if advice else "",
        "because": advice,
        "questions": acceptance.questions(opened.sight),
        "principles": asas.principle_names(),
    }


def _spoke(
    spoke: wheel.Spoke, before: wheel.Spoke | None, by_id: dict[str, Event], names: dict[str, str]
) -> dict[str, Any]:
    reading = spoke.observed
    evidence = [_evidence(by_id[one], names) for one in reading.evidence if one in by_id] if reading else []
    return {
        "item": spoke.item,
        "name": asas.principle_names()[spoke.item],
        "figure": asas.figures().get(spoke.item, ""),
        "observed": reading,
        "before": before.observed if before and before.observed and before.observed.whole else None,
        "share": reading.share if reading else None,
        "felt": spoke.felt,
        "evidence": evidence,
    }


def _evidence(event: Event, names: dict[str, str]) -> dict[str, str]:
    words = event.action if isinstance(event, UcaGiven) else event.words
    return {"by": names.get(event.by, "…"), "words": words[:LONGEST_EXCERPT]}
