"""Postal addresses as vendors want them."""

from __future__ import annotations

import re

from enrich_cli.matching.regions import country_code

_NUMBER = r"(?:\s*(?:no\.?|nr\.?|#)?\s*(?:[a-z]{0,2}\d[\w-]*|[a-z]\b))"
_BOX = re.compile(
    r"(?<!\w)(?:"
    r"(?:g\.?\s*)?p\.?\s*o\.?\s*box" + _NUMBER + "?"
    r"|post\s+office\s+box" + _NUMBER + "?"
    r"|p\.?o\.?b\.?\s*\d+"
    r"|(?:postfach|postbus|apartado(?:\s+(?:de\s+correos|postal))?|casella\s+postale|bo[iî]te\s+postale)[\s\d]*"
    r"|b\.?p\.?\s*\d+"
    r")(?!\w)",
    re.IGNORECASE,
)
_CARE_OF = re.compile(
    r"(?<!\w)(?:c\s*[/\\]\s*o\b\.?|care\s+of\b|attn\b\.?|attention\s*:|z\.?\s*h(?:d|dn|änden)\b\.?)\s*:?[^,;\d]*",
    re.IGNORECASE,
)
_PART = re.compile(r"[,;]")


def street(address: str) -> str | None:
    """The address without PO boxes and without "c/o" parts, which name a person; None when nothing is left.

    The name after "c/o" ends at a comma or at a digit, where the street begins.
    """
    left = _CARE_OF.sub(" ", _BOX.sub(" ", address))
    parts = (" ".join(part.split()).strip(" -/") for part in _PART.split(left))
    return ", ".join(part for part in parts if re.search(r"\w", part)) or None


def two_letter_country(country: str | None) -> str | None:
    """The ISO 3166-1 code of a country, such as `GB`; None when it is not known and has no form of one."""
    if not country:
        return None
    if code := country_code(country):
        return code
    return country.upper() if len(country) == 2 and country.isascii() and country.isalpha() else None
