"""Invented customers whom the sandbox's vendors can be asked about; the same number is always the same customer."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

_GIVEN = ("Ada", "Ben", "Carla", "David", "Elena", "Farid", "Grace", "Hiro", "Ingrid", "Jonas", "Kira")
_FAMILY = ("Archer", "Brooks", "Calloway", "Dvorak", "Eriksen", "Farrell", "Goldberg", "Hashimoto", "Iyer")
_SHORT_GIVEN, _SHORT_FAMILY = ("Ada", "Ben", "Eva", "Gus", "Ida", "Kim", "Leo"), ("Brook", "Crane", "Frost", "Stone")
"""Handles are short: with a number of five digits these just fit."""
_COMPANIES = ("Amber Pumps", "Beacon Foods", "Cedar Freight", "Delta Optics", "Granite Labs", "Harbor Textiles")

NARROW = ("name", "email", "company")
"""The first vendor knows all of them, so that one lookup answers each."""
WIDE = (
    *("customer_id", "name", "email", "company", "phone", "address", "city", "state", "postal_code", "country"),
    *("owner", "stage", "created", "score", "notes"),
)
"""The same customers as a CRM exports them."""
FULL = ("customer_id", "name", "email", "company", "address", "city", "state", "twitter")
"""One vendor of each data type can be asked about them with one request, and no two ask the same."""

Cells: TypeAlias = dict[str, str]


def write(path: Path, columns: Sequence[str], customers: Iterable[Cells]) -> Path:
    """Write a CSV file with one row for each customer."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, columns, extrasaction="ignore")
        rows.writeheader()
        rows.writerows(customers)
    return path


def wide(number: int) -> Cells:
    given, family = _GIVEN[number % len(_GIVEN)], _FAMILY[number % len(_FAMILY)]
    company = _COMPANIES[number % len(_COMPANIES)]
    return {
        "customer_id": f"C-{number}",
        "name": f"{given} {family}",
        "email": f"{given}.{family}{number}+hit@{company.replace(' ', '-')}.example".lower(),
        "company": company,
        "phone": f"+1 217 555 {number % 10_000:04}",
        "address": f"{number % 900 + 1} Oak Street, Suite {number % 40}",
        "city": "Springfield",
        "state": "IL",
        "postal_code": "62701",
        "country": "United States",
        "owner": "Dana Whitfield",
        "stage": "customer since 2019",
        "created": "2019-04-02",
        "score": str(number % 100),
        "notes": "prefers e-mail; called twice",
    }


def full(number: int) -> Cells:
    given, family = _SHORT_GIVEN[number % len(_SHORT_GIVEN)], _SHORT_FAMILY[number % len(_SHORT_FAMILY)]
    return {
        **wide(number),
        "name": f"{given} {family}",
        "email": f"{given}.{family}{number}+hit@{wide(number)['company'].replace(' ', '-')}.example".lower(),
        "address": f"{number + 1} Oak Street",
        "twitter": f"{given}_{family}_{number % 100_000}".lower(),
    }
