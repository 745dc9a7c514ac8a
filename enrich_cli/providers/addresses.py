"""Postal addresses as vendors want them."""

from __future__ import annotations

import re

from enrich_cli.matching.postal import without_care_of, without_po_box
from enrich_cli.matching.regions import country_code

_PART = re.compile(r"[,;]")


def street(address: str) -> str | None:
    """The address without PO boxes and "c/o" parts, which name a person; None if nothing is left."""
    left = without_care_of(without_po_box(address))
    parts = (" ".join(part.split()).strip(" -/") for part in _PART.split(left))
    return ", ".join(part for part in parts if re.search(r"\w", part)) or None


def without_town(line: str, city: str | None) -> str:
    """The street of a line that also holds the customer's city: `742 Sample St, Springfield, IL 62704`."""
    first, *more = line.split(",")
    for place, part in enumerate(more):
        if city and part.strip().casefold() == city.casefold():
            return ",".join((first, *more[:place]))
    return line


def two_letter_country(country: str | None) -> str | None:
    """The ISO 3166-1 code of a country, such as `GB`; None if it is unknown and does not look like a code."""
    if not country:
        return None
    if code := country_code(country):
        return code
    return country.upper() if len(country) == 2 and country.isascii() and country.isalpha() else None
