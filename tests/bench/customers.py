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


def _row(number: int) -> tuple[str, str, str]:
    given, family = _GIVEN[number % len(_GIVEN)], _FAMILY[number % len(_FAMILY)]
    company = _COMPANIES[number % len(_COMPANIES)]
    email = f"{given}.{family}{number}+hit@{company.replace(' ', '-')}.example".lower()
    return f"{given} {family}", email, company
