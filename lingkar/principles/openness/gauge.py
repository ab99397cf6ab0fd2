"""OPENNESS-5: how much was said under one's own name, of everything members said. Not a goal: more is not better."""

from lingkar.principles.contract import Reading, Sight, rule
from lingkar.principles.openness.events import BowlNote, Post, Whisper

RULE = "OPENNESS-5"


@rule(RULE, page="wheel")
def gauge(sight: Sight) -> Reading:
    """Posts by name, of posts, nameless words and words to the counsellor alone."""
    named = [post for post in sight.of(Post) if post.by in sight.members]
    others = [event for event in (*sight.of(BowlNote), *sight.of(Whisper)) if event.by in sight.members]
    return Reading(RULE, len(named), len(named) + len(others), tuple(post.id for post in named))
