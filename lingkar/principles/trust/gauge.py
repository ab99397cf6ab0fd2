"""TRUST-4: mutual support, as members who answered another member (domain.md, section e2)."""

from lingkar.principles.contract import Reading, Sight
from lingkar.principles.openness.events import Post

RULE = "TRUST-4"


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
