"""Companies: what each tier includes."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from enrich_cli.domain.data_type import DataType

LONGEST_COMPANY_ID = 200
"""In characters."""


class Tier(StrEnum):
    """A company's plan. A new company is `FREE`."""

    FREE = "free"
    PRO = "pro"
    ENTERPRISE = "enterprise"

    @property
    def terms(self) -> Terms:
        return _TERMS[self]

    @property
    def following(self) -> Tier | None:
        """The next higher tier; None for the highest."""
        tiers = list(Tier)
        return next(iter(tiers[tiers.index(self) + 1 :]), None)


class Terms(msgspec.Struct, frozen=True):
    """What a tier includes."""

    limit: int | None
    """Enrichments a calendar month (UTC); None is unlimited."""
    data_types: tuple[DataType, ...]
    price_usd_a_month: int


_BASIC = (DataType.PERSON, DataType.BUSINESS)
_TERMS = {
    Tier.FREE: Terms(limit=50, data_types=_BASIC, price_usd_a_month=0),
    Tier.PRO: Terms(limit=500, data_types=tuple(DataType), price_usd_a_month=49),
    Tier.ENTERPRISE: Terms(limit=None, data_types=tuple(DataType), price_usd_a_month=199),
}


class Lifetimes(msgspec.Struct, frozen=True):
    """How long a cached enrichment is served, in seconds, by tier; 0 means never."""

    free: int = 604_800
    pro: int = 86_400

    def of(self, tier: Tier) -> int:
        return {Tier.FREE: self.free, Tier.PRO: self.pro, Tier.ENTERPRISE: 0}[tier]


def needs_tier(data_type: DataType) -> str:
    """Why a data type is skipped on a tier that lacks it."""
    return f"needs tier {lowest_tier_with(data_type).value}"


def lowest_tier_with(data_type: DataType) -> Tier:
    """The cheapest tier that includes a data type."""
    return next(tier for tier in Tier if data_type in tier.terms.data_types)
