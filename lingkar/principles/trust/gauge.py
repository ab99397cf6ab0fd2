"""TRUST-4: mutual support, as members who answered another member (domain.md, section e2).

TRUST-5: ruptures that were answered and are better since, as those who raised them say.
"""

from lingkar.principles.contract import Reading, Sight, rule
from lingkar.principles.openness.events import Post
from lingkar.principles.trust.events import RuptureRaised, RuptureSettled

RULE = "TRUST-4"
REPAIRED = "TRUST-5"


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
