"""A counsellor comes by: what waited for keys that only they have."""

from lingkar.circle import agreement, erasing
from lingkar.groups import actions
from lingkar.groups.access import Place


def settle(where: Place) -> None:
    """Keys to turn and new names, what is to be forgotten, signatures to be noted on the roster."""
    actions.settle(where)
    erasing.settle(where)
    agreement.settle(where)
