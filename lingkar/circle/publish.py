"""After the commit: what was kept goes out, and where there is a signal the counsellors' pages wake."""

from lingkar.circle import climb
from lingkar.circle.drafts import Outcome
from lingkar.circle.news import News, announce
from lingkar.groups.audience import Audience
from lingkar.groups.models import GroupSession, Membership


def publish(session: str, outcome: Outcome) -> None:
    """Deliver what was kept; where there is a signal, wake the counsellors' pages and start its clock."""
    if not outcome.deliveries:
        return
    counsellors: tuple[str, ...] = ()
    if outcome.signal or any(delivery.audience == Audience.ALERT for delivery in outcome.deliveries):
        group = GroupSession.objects.values_list("group_id", flat=True).get(pk=session)
        climb.follow(group, outcome)
        counsellors = _counsellors(group) if outcome.signal else ()
    announce(News(session, outcome.deliveries, signal_for=counsellors))


def _counsellors(group: str) -> tuple[str, ...]:
    found = Membership.objects.filter(group_id=group, role=Membership.Role.COUNSELLOR, state=Membership.State.ACTIVE)
    return tuple(found.values_list("person_id", flat=True))
