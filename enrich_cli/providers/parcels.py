"""Reading the conventions of property data: 0 for unknown, dates in several spellings, acres."""

from __future__ import annotations

from collections.abc import Iterable

from enrich_cli.domain.outcomes import Place
from enrich_cli.domain.property import Permit
from enrich_cli.providers.reading import LARGEST_EXACT, known, number

_SQUARE_FEET_PER_ACRE = 43_560


def positive(value: object, *path: str) -> float | None:
    """The number at a path; None for 0, which means unknown or not disclosed."""
    found = number(value, *path)
    return found if found and found > 0 else None


def whole(value: object, *path: str) -> int | None:
    """The positive number at a path, rounded; None for 0 and for an impossibly large number."""
    return _rounded(positive(value, *path) or 0)


def square_feet(square_feet_given: float | None, acres: float | None) -> int | None:
    """An area in whole square feet, converted from acres if not given in square feet."""
    return _rounded(square_feet_given or (acres or 0) * _SQUARE_FEET_PER_ACRE)


def _rounded(size: float) -> int | None:
    return round(size) or None if size <= LARGEST_EXACT else None


def one_line(place: Place) -> str | None:
    """`742 SAMPLE ST APT 2, SPRINGFIELD, IL 62704`, from the parts that are there."""
    return ", ".join(known(place.address, place.city, " ".join(known(place.state, place.postal_code)))) or None


def newest_first(permits: Iterable[Permit]) -> tuple[Permit, ...]:
    """Each permit once, those without a date last, without empty ones."""
    told = dict.fromkeys(permit for permit in permits if permit != Permit())
    return tuple(sorted(told, key=lambda permit: permit.date or "", reverse=True))
