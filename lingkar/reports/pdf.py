"""The report as a tagged PDF. Data goes in as JSON, never as markup; nothing is written to the disk."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import typst

SOURCE = Path(__file__).parent / "data" / "paper.typ"


@lru_cache(maxsize=1)
def _source() -> bytes:
    return SOURCE.read_bytes()


def render(document: dict[str, Any]) -> bytes:
    """`document` as `paper.document` makes it. The same bytes for the same document.

    PDF/UA-1; a name in letters that the font does not have is printed as boxes, in a tagged PDF without that claim.
    """
    try:
        return _compiled(document, ["ua-1"])
    except typst.TypstError:
        return _compiled(document, [])


def _compiled(document: dict[str, Any], standards: list[Literal["ua-1"]]) -> bytes:
    return typst.compile(
        _source(),
        format="pdf",
        sys_inputs={"data": json.dumps(document)},
        ignore_system_fonts=True,
        timestamp=0,
        pdf_standards=[*standards],
    )
