"""What is known about a property."""

from __future__ import annotations

import msgspec


class Permit(msgspec.Struct, frozen=True, kw_only=True):
    """One building permit; `date` is `YYYY-MM-DD`, `value` whole dollars."""

    type: str | None = None
    date: str | None = None
    value: int | None = None
    status: str | None = None
    description: str | None = None


class Property(msgspec.Struct, frozen=True, kw_only=True):
    """The `property` data type (contract, *Enriched data*), flat. Values and prices are whole dollars."""

    address: str | None = None
    owners: tuple[str, ...] = ()
    market_value: int | None = None
    assessed_value: int | None = None
    last_sale_date: str | None = None
    last_sale_price: int | None = None
    owner_occupied: bool | None = None
    type: str | None = None
    year_built: int | None = None
    size_sqft: int | None = None
    beds: int | None = None
    baths: float | None = None
    lot_size_sqft: int | None = None
    zoning: str | None = None
    permits: tuple[Permit, ...] | None = None
    """Empty: a provider says that there are none. None: no provider said anything."""
