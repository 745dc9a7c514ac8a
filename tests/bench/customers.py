"""Invented customers whom the sandbox's first vendor knows, so that one lookup answers each."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

_GIVEN = ("Ada", "Ben", "Carla", "David", "Elena", "Farid", "Grace", "Hiro", "Ingrid", "Jonas", "Kira")
_FAMILY = ("Archer", "Brooks", "Calloway", "Dvorak", "Eriksen", "Farrell", "Goldberg", "Hashimoto", "Iyer")
_COMPANIES = ("Amber Pumps", "Beacon Foods", "Cedar Freight", "Delta Optics", "Granite Labs", "Harbor Textiles")


def write_customers(path: Path, numbers: Iterable[int]) -> Path:
    """Write a CSV file with one row for each number; the same number is always the same customer."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("name", "email", "company"))
        rows.writerows(map(_row, numbers))
    return path


WIDE = (
    *("customer_id", "name", "email", "company", "phone", "address", "city", "state", "postal_code", "country"),
    *("owner", "stage", "created", "score", "notes"),
)
"""As a CRM exports them; the first vendor knows these customers, too."""


def write_wide_customers(path: Path, numbers: Iterable[int]) -> Path:
    """The same customers in 15 columns."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(WIDE)
        rows.writerows(map(_wide_row, numbers))
    return path


def _wide_row(number: int) -> tuple[str, ...]:
    phone, address = f"+1 217 555 {number % 10_000:04}", f"{number % 900 + 1} Oak Street, Suite {number % 40}"
    crm = ("Dana Whitfield", "customer since 2019", "2019-04-02", str(number % 100), "prefers e-mail; called twice")
    return (f"C-{number}", *_row(number), phone, address, "Springfield", "IL", "62701", "United States", *crm)


def _row(number: int) -> tuple[str, str, str]:
    given, family = _GIVEN[number % len(_GIVEN)], _FAMILY[number % len(_FAMILY)]
    company = _COMPANIES[number % len(_COMPANIES)]
    email = f"{given}.{family}{number}+hit@{company.replace(' ', '-')}.example".lower()
    return f"{given} {family}", email, company
