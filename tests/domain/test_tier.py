"""What each tier includes, as the contract's table says."""

from __future__ import annotations

import pytest

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.tier import Lifetimes, Tier, lowest_tier_with

BASIC = {DataType.PERSON, DataType.BUSINESS}


@pytest.mark.parametrize(
    ("tier", "limit", "types", "seconds", "price"),
    [
        (Tier.FREE, 50, BASIC, 604_800, 0),
        (Tier.PRO, 500, set(DataType), 86_400, 49),
        (Tier.ENTERPRISE, None, set(DataType), 0, 199),
    ],
)
def test_terms_and_cache_lifetimes(
    tier: Tier, limit: int | None, types: set[DataType], seconds: int, price: int
) -> None:
    terms = tier.terms
    assert (terms.limit, set(terms.data_types), terms.price_usd_a_month) == (limit, types, price)
    assert Lifetimes().of(tier) == seconds


def test_lifetimes_that_are_set_hold_for_their_tier_and_enterprise_is_always_fresh() -> None:
    lifetimes = Lifetimes(free=5, pro=7)
    assert [lifetimes.of(tier) for tier in Tier] == [5, 7, 0]


@pytest.mark.parametrize("data_type", DataType)
def test_the_lowest_tier_with_a_type_is_the_first_that_includes_it(data_type: DataType) -> None:
    assert lowest_tier_with(data_type) is (Tier.FREE if data_type in BASIC else Tier.PRO)
