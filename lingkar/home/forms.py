"""What the counsellor types about a group, turned into a sheet or into sentences that say what to mend."""

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from lingkar.accounts.models import Organisation
from lingkar.circle import texts
from lingkar.groups.documents import Sheet
from lingkar.principles.confidentiality import limits
from lingkar.principles.trust import gate as trust_gate
from lingkar.ui.answers import typed

SIZES, MEETINGS, MINUTES, RETENTION = (1, 12), (1, 30), (10, 240), (0, 730)
FIRST_YEAR, MOST_YEARS = 2000, 10
OWN_LINES = 10


def read_sheet(request: HttpRequest) -> tuple[Sheet | None, dict[str, str]]:
    """The sheet of a new group, or the errors by field."""
    errors = {name: _("Bagian ini belum diisi.") for name in ("name", "leader", "backup") if not typed(request, name)}
    numbers = {
        "size": _number(request, "size", SIZES),
        "meetings": _number(request, "meetings", MEETINGS),
        "minutes": _number(request, "minutes", MINUTES),
        "retention": _number(request, "retention", RETENTION),
    }
    for name, (lowest, highest) in zip(numbers, (SIZES, MEETINGS, MINUTES, RETENTION), strict=True):
        if numbers[name] is None:
            errors[name] = _("Tulis angka dari %(lowest)s sampai %(highest)s.") % {"lowest": lowest, "highest": highest}
    promises = tuple(_ticked(request, "promises", texts.promise_texts()))
    if trust_gate.promised(promises):
        errors["promises"] = _("Pilih paling sedikit satu janji: Anda berjanji lebih dulu, baru meminta kepercayaan.")
    if errors:
        return None, errors
    return Sheet(
        name=typed(request, "name", 80),
        purpose=typed(request, "purpose", 600),
        leader=typed(request, "leader", 60),
        mode="online",
        size=numbers["size"] or 0,
        meetings=numbers["meetings"] or 0,
        minutes=numbers["minutes"] or 0,
        norms=(*_ticked(request, "norms", texts.norm_texts()), *_own(request, "own_norms")),
        promises=promises,
        limits=limits.VERSION,
        retention_days=numbers["retention"] or 0,
        backup=typed(request, "backup", 80),
        own_limits=tuple(current.own_limits) if (current := Organisation.current()) else (),
    ), {}


def _number(request: HttpRequest, name: str, bounds: tuple[int, int]) -> int | None:
    try:
        number = int(typed(request, name, 6))
    except ValueError:
        return None
    return number if bounds[0] <= number <= bounds[1] else None


def _ticked(request: HttpRequest, name: str, known: dict[str, str]) -> list[str]:
    return [item for item in request.POST.getlist(name) if item in known]


def _own(request: HttpRequest, name: str) -> list[str]:
    lines = (line.strip().lstrip("@") for line in typed(request, name, 2000).splitlines())
    return [line for line in lines if line][:OWN_LINES]


def read_date(request: HttpRequest) -> tuple[datetime | None, int, dict[str, str]]:
    """When a session starts and how long it takes; errors by field."""
    minutes = _number(request, "minutes", MINUTES)
    try:
        starts = parse_datetime(typed(request, "starts", 30))
    except ValueError:
        starts = None
    if starts and not FIRST_YEAR <= starts.year <= timezone.localdate().year + MOST_YEARS:
        starts = None
    errors = {}
    if starts is None:
        errors["starts"] = _("Pilih tanggal dan jam.")
    if minutes is None:
        errors["minutes"] = _("Tulis angka dari %(lowest)s sampai %(highest)s.") % {
            "lowest": MINUTES[0],
            "highest": MINUTES[1],
        }
    if starts and timezone.is_naive(starts):
        starts = timezone.make_aware(starts)
    return starts, minutes or 0, errors
