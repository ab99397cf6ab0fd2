"""TRUST-4: mutual support, as members who answered another member (domain.md, section e2).

TRUST-5: ruptures that were answered and are better since, as those who raised them say.

TRUST-6: sessions that began and ended on time, told by the open ledger and not by anybody's claim.

TRUST-7: the counsellor's own promises, kept when a member saw them done in time; their own word counts for nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lingkar.principles.contract import Reading, Sight, rule
from lingkar.principles.openness.events import Post
from lingkar.principles.trust.events import RuptureRaised, RuptureSettled

RULE = "TRUST-4"
REPAIRED = "TRUST-5"
ON_TIME = "TRUST-6"
KEPT = "TRUST-7"
SLACK = 10 * 60.0
"""Seconds after which a beginning or an end is late."""


@dataclass(frozen=True)
class Held:
    """A session with a date, in Unix seconds: from when to when it was planned, when it began and ended so far."""

    session: str
    starts: float
    ends: float
    began: float | None = None
    ended: float | None = None

    def is_on_time(self, now: float) -> bool:
        """Began, and ended or may still end, within ten minutes of what was planned."""
        return self.began is not None and self.began <= self.starts + SLACK and (self.ended or now) <= self.ends + SLACK


@dataclass(frozen=True)
class Promised:
    """A promise of the counsellor's own. `due`: the end of its day; `seen`: when a member first saw it done."""

    id: str
    due: float
    seen: float | None = None

    @property
    def is_kept(self) -> bool:
        return self.seen is not None and self.seen <= self.due


@rule(RULE, page="wheel")
def gauge(sight: Sight) -> Reading:
    """Members who answered somebody, of members present; nothing to go by while no member shared anything."""
    posts = {post.id: post for post in sight.of(Post)}
    answers = [
        post
        for post in posts.values()
        if post.by in sight.members
        and (asked := posts.get(post.reply_to))
        and asked.by in sight.members
        and asked.by != post.by
    ]
    whole = len(sight.members) if any(post.by in sight.members for post in posts.values()) else 0
    return Reading(RULE, len({post.by for post in answers}), whole, tuple(post.id for post in answers))


@rule(REPAIRED, page="ruptures")
def repaired(sight: Sight) -> Reading:
    """Lines after which it is better, also a little, of all lines; nothing to go by where nobody raised one."""
    raised = {event.id for event in sight.of(RuptureRaised)}
    better = {event.target: event.id for event in sight.of(RuptureSettled) if event.better and event.target in raised}
    return Reading(REPAIRED, len(better), len(raised), tuple(better.values()))


@rule(ON_TIME, page="promises")
def kept_dates(sessions: Sequence[Held], now: float) -> Reading:
    """Sessions that began and ended within ten minutes of their plan, of those whose time has come."""
    due = [one for one in sessions if one.began is not None or now > one.starts + SLACK]
    kept = [one for one in due if one.is_on_time(now)]
    return Reading(ON_TIME, len(kept), len(due), tuple(one.session for one in kept))


@rule(KEPT, page="promises")
def kept_promises(promises: Sequence[Promised], now: float) -> Reading:
    """Promises that a member saw done by their day, of those that were seen or whose day is over."""
    due = [one for one in promises if one.seen is not None or now > one.due]
    kept = [one for one in due if one.is_kept]
    return Reading(KEPT, len(kept), len(due), tuple(one.id for one in kept))
