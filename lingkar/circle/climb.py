"""A signal that nobody answers climbs: after a quarter of an hour its group's backup may see it (design, section 4).

The clock here only wakes the backup's page, without a word about what. Whether a case has climbed is told by the case.
"""

import threading

from django.db import close_old_connections

from lingkar.circle.drafts import Outcome
from lingkar.circle.events import CaseRaised, CaseStep
from lingkar.circle.news import News, announce
from lingkar.groups.models import Membership

SECONDS = 15 * 60

_waiting: dict[str, threading.Timer] = {}


def began(group: str, case: str) -> None:
    """A case was raised. After a restart no clock runs, and the backup learns of it at their next page."""
    timer = threading.Timer(SECONDS, _wake, (group, case))
    timer.daemon = True
    _waiting[case] = timer
    timer.start()


def answered(case: str) -> None:
    timer = _waiting.pop(case, None)
    if timer:
        timer.cancel()


def follow(group: str, outcome: Outcome) -> None:
    """Start and stop clocks as what was just kept asks for."""
    for event in (delivery.event for delivery in outcome.deliveries):
        if isinstance(event, CaseRaised):
            began(group, event.id)
        elif isinstance(event, CaseStep):
            answered(event.case)


def _wake(group: str, case: str) -> None:
    _waiting.pop(case, None)
    close_old_connections()
    found = Membership.objects.filter(group_id=group, role=Membership.Role.BACKUP, state=Membership.State.ACTIVE)
    announce(News("", signal_for=tuple(found.values_list("person_id", flat=True))))
    close_old_connections()
