"""TRUST-4: mutual support, as members who answered another member (domain.md, section e2).

TRUST-5: ruptures that were answered and are better since, as those who raised them say.

TRUST-6: sessions that began on time, told by the open ledger and not by anybody's claim.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lingkar.principles.contract import Reading, Sight, rule
from lingkar.principles.openness.events import Post
from lingkar.principles.trust.events import RuptureRaised, RuptureSettled

RULE = "TRUST-4"
REPAIRED = "TRUST-5"
ON_TIME = "TRUST-6"
SLACK = 10 * 60.0
"""Seconds after which a beginning is late."""


@dataclass(frozen=True)
class Begun:
    """A session with its date: when it was to begin and when it did, in Unix seconds; None where it never did."""

    session: str
    planned: float
    actual: float | None


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


@rule(ON_TIME, page="group")
def kept_dates(sessions: Sequence[Begun], now: float) -> Reading:
    """Sessions that began within ten minutes, of sessions whose time has come; one that never began is late."""
    due = [one for one in sessions if one.actual is not None or now > one.planned + SLACK]
    kept = [one for one in due if one.actual is not None and one.actual <= one.planned + SLACK]
    return Reading(ON_TIME, len(kept), len(due), tuple(one.session for one in kept))
