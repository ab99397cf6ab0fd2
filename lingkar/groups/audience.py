"""Who may read an event: the one field that picks the keyring, the permission and the "who can see this" line."""

from enum import StrEnum


class Audience(StrEnum):
    """Values are the kinds of keyring in `vault.keyrings`."""

    GROUP = "group"
    ROOM = "room"
    COUNSELLORS = "counsellors"
    PAIR = "pair"
    ALERT = "alert"
    AUTHOR = "author"
