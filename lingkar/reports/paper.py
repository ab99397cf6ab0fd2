"""The implementation report and attendance for the school's file: made of counts, times and initials only.

Nothing here takes an event's words, so no disclosure can get in; names are cut to initials before a template sees them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from lingkar.circle import wheel
from lingkar.circle.asas import stage_names
from lingkar.circle.events import PulseGiven
from lingkar.groups.documents import GroupState, Sheet
from lingkar.principles.contract import Event, Sight
from lingkar.principles.responsibility.events import Admitted, UcaGiven
from lingkar.principles.trust.events import SessionClosed, StageMoved


@dataclass(frozen=True)
class Attendance:
    """One seat: initials, and when the member was let in (None: absent)."""

    initials: str
    came: datetime | None


@dataclass(frozen=True)
class Part:
    """One stage as it was held, in minutes."""

    stage: str
    minutes: int


@dataclass(frozen=True)
class Paper:
    attendance: tuple[Attendance, ...]
    parts: tuple[Part, ...]
    began: datetime | None
    ended: datetime | None
    plans: int
    comfort: wheel.Felt
    pulses: int


def initials(name: str) -> str:
    """First letters, at most three: "Rumi Ayu" is "R. A.". A dash for a name without any."""
    letters = [next((sign for sign in word if sign.isalnum()), "") for word in name.split()]
    return " ".join(f"{letter.upper()}." for letter in letters if letter)[:8].strip() or "–"


def paper(sight: Sight, state: GroupState) -> Paper:
    """Everything that the report shows."""
    came = {event.member: event.at for event in sight.of(Admitted)}
    members = [line for line in state.roster if not line.is_counsellor]
    given = [event for event in sight.of(UcaGiven) if event.by in sight.members]
    stages = sight.of(StageMoved)
    closed = sight.of(SessionClosed)
    return Paper(
        attendance=tuple(
            Attendance(initials(line.name), _time(came[line.membership]) if line.membership in came else None)
            for line in members
        ),
        parts=_parts(stages, closed[-1].at if closed else None),
        began=_time(stages[0].at) if stages else None,
        ended=_time(closed[-1].at) if closed else None,
        plans=sum(bool(event.action.strip()) for event in given),
        comfort=wheel.felt([event.comfort for event in given], len(sight.members)),
        pulses=len(sight.of(PulseGiven)),
    )


def document(made: Paper, sheet: Sheet, organisation: str, number: int, language: str) -> dict[str, Any]:
    """What the printed page shows, as plain text in the reader's language."""
    names = stage_names()
    return {
        "language": language,
        "title": _("Laporan pelaksanaan konseling kelompok"),
        "organisation": organisation,
        "leader": sheet.leader,
        "note": _("Tanpa cerita siapa pun"),
        "signature": _("Konselor,"),
        "facts": [
            [_("Konselor"), sheet.leader],
            [_("Pertemuan ke"), f"{number} / {sheet.meetings}"],
            [_("Waktu"), _span(made)],
            [_("Tahap"), ", ".join(_("%(name)s %(minutes)s menit") % {"name": names[part.stage],
                                     "minutes": part.minutes} for part in made.parts) or "–"],
            [_("Hadir"), f"{sum(one.came is not None for one in made.attendance)} / {len(made.attendance)}"],
            [_("Rencana tindakan"), _("%(plans)s anggota pulang membawa rencana sendiri.") % {"plans": made.plans}],
            [_("Perasaan di akhir"), _comfort(made.comfort)],
        ],
        "attendance": {
            "title": _("Daftar hadir"),
            "head": [_("No."), _("Inisial"), _("Hadir"), _("Paraf")],
            "rows": [
                [str(at), one.initials, formats.date_format(timezone.localtime(one.came), "H.i") if one.came
                 else _("tidak hadir"), ""]
                for at, one in enumerate(made.attendance, start=1)
            ],
        },
    }  # fmt: skip


def _span(made: Paper) -> str:
    if made.began is None:
        return "–"
    began = formats.date_format(timezone.localtime(made.began), "l, j F Y, H.i")
    return f"{began}–{formats.date_format(timezone.localtime(made.ended), 'H.i')}" if made.ended else began


def _comfort(comfort: wheel.Felt) -> str:
    if not comfort.is_shown:
        return _("Kurang dari tiga jawaban, jadi tidak ditampilkan.")
    return ", ".join(f"{value}: {count}" for value, count in enumerate(comfort.counts, start=1))


def _parts(stages: Sequence[Event], end: float | None) -> tuple[Part, ...]:
    """Minutes of each stage in the order they were first held; one told again to a late joiner counts once."""
    moved = [event for event in stages if isinstance(event, StageMoved) and not event.again]
    times = [event.at for event in moved[1:]] + [end or (moved[-1].at if moved else 0.0)]
    held: dict[str, float] = {}
    for event, until in zip(moved, times, strict=True):
        held[event.stage] = held.get(event.stage, 0.0) + max(0.0, until - event.at)
    return tuple(Part(stage, round(seconds / 60)) for stage, seconds in held.items())


def _time(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
