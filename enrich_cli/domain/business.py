"""What is known about a business."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Hours = Mapping[str, tuple[tuple[str, str], ...]]
"""Weekday (`monday` …) → opening hours, as pairs of `HH:MM`; a closed day has none.

An end that is not after its start is on the next day; open around the clock is `00:00` to `24:00`.
"""


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's review of a business. `time` is ISO-8601 UTC."""

    author: str | None = None
    rating: float | None = None
    text: str | None = None
    time: str | None = None


class Officer(msgspec.Struct, frozen=True, kw_only=True):
    """An officer of a company, as its register names them."""

    name: str | None = None
    role: str | None = None


class Business(msgspec.Struct, frozen=True, kw_only=True):
    """The `business` data type (contract, *Enriched data*). Dates are `YYYY-MM-DD`."""

    name: str | None = None
    rating: float | None = None
    """1..5."""
    review_count: int | None = None
    reviews: tuple[Review, ...] = ()
    hours: Hours = {}
    business_status: str | None = None
    price_level: int | None = None
    """0 (free) to 4 (very expensive)."""
    phone: str | None = None
    website: str | None = None
    address: str | None = None
    categories: tuple[str, ...] = ()
    company_number: str | None = None
    jurisdiction: str | None = None
    incorporated_on: str | None = None
    company_type: str | None = None
    registration_status: str | None = None
    registered_address: str | None = None
    officers: tuple[Officer, ...] = ()
    registry_url: str | None = None
