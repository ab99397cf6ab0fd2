"""Chosen names: nothing invisible in them, and none that looks like another in the same circle."""

import unicodedata

FILLERS = "\u115f\u1160\u2800\u3164\uffa0\u034f"
"""Drawn as nothing, though they count as letters or marks."""
ALIKE = str.maketrans("\u0430\u0435\u043e\u0440\u0441\u0445\u0443\u0456\u03b1\u03bf\u03c1\u03bd\u0131", "aeopcxyiaopvi")
"""Small letters of other scripts that look like Latin ones, after `casefold`."""


def clean_name(name: str) -> str:
    """As it is drawn: one form for each sign, single spaces, nothing invisible; empty where nothing is left to see."""
    kept = "".join(
        sign
        for sign in unicodedata.normalize("NFKC", name)
        if sign not in FILLERS and (sign.isspace() or not unicodedata.category(sign).startswith("C"))
    )
    return " ".join(kept.split())


def looks(name: str) -> str:
    """What an eye tells apart: without case, marks and spaces, look-alikes as one."""
    bare = unicodedata.normalize("NFKD", clean_name(name).casefold()).translate(ALIKE)
    return "".join(sign for sign in bare if not unicodedata.combining(sign) and not sign.isspace())
