"""Parts of a postal address that are not a place: post office boxes, and who receives the mail."""

from __future__ import annotations

import re

_NUMBER = r"(?:\s*(?:no\.?|nr\.?|#)?\s*(?:[a-z]{0,2}\d[\w-]*|[a-z]\b))"
_BOX = re.compile(
    r"(?<!\w)(?:"
    r"(?:g\W{0,2})?p\W{0,2}o\W{0,2}(?:box|drawer)(?![a-z])" + _NUMBER + "?"
    r"|post\s+office\s+(?:box|drawer)(?![a-z])" + _NUMBER + "?"
    r"|p\W{0,2}o\W{0,2}b\W*\d+"
    r"|(?:postfach|postbus|apartado(?:\s+(?:de\s+correos|postal))?|casella\s+postale|bo[iî]te\s+postale)[\s\d]*"
    r"|b\.?p\.?\s*\d+"
    r")(?!\w)"
    r"|^\W*(?:box|drawer)\W*\d[\w-]*",
    re.IGNORECASE,
)
_CARE_OF = re.compile(
    r"(?<!\w)(?:c\s*[/\\]\s*o\b\.?|care\s+of\b|attn\b\.?|attention\s*:|z\.?\s*h(?:d|dn|änden)\b\.?)\s*:?[^,;\d]*",
    re.IGNORECASE,
)


def without_po_box(address: str) -> str:
    """The address without post office boxes."""
    return _BOX.sub(" ", address)


def is_po_box(address: str) -> bool:
    """Is this a post office box, where nobody lives? Not if a house with a number precedes it."""
    box = _BOX.search(address)
    return box is not None and not re.search(r"\d", address[: box.start()])


def without_care_of(address: str) -> str:
    """The address without the recipient of the mail, whose name ends at a comma, or at a digit where the
    street begins.
    """
    return _CARE_OF.sub(" ", address)
