"""The counsellor's promises as the open ledger tells them: kept or late by what happened, never by a claim."""

from datetime import datetime

from lingkar.circle.moment import now
from lingkar.groups.access import Place
from lingkar.home.circles import Meeting
from lingkar.ledger import chain
from lingkar.principles.contract import Reading
from lingkar.principles.trust.gauge import Begun, kept_dates


def on_time(where: Place, meetings: list[Meeting]) -> Reading:
    """Of the sessions with a date that this reader's ledger tells of."""
    acts = [act.document for act in chain.read(where.group.uid, where.opened) if act.document]
    opened = {act["session"]: datetime.fromisoformat(act["at"]).timestamp() for act in acts if act["act"] == "opened"}
    dated = [Begun(one.uid, one.starts.timestamp(), opened.get(one.number)) for one in meetings if one.starts]
    return kept_dates(dated, now())
