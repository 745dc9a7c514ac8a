"""When an owner of a property is the customer."""

from __future__ import annotations

import pytest

from enrich_cli.domain.customer import Customer, CustomerId
from enrich_cli.domain.outcomes import Identity
from enrich_cli.matching.owners import compare_owners
from enrich_cli.matching.weights import Evidence

ADA = Customer(id=CustomerId("c1"), name="Ada Sample", company="Example Bakery LLC")


@pytest.mark.parametrize("owner", ["SAMPLE ADA", "SAMPLE ADA M", "Ada M Sample", "SAMPLE, ADA"])
def test_an_owner_s_words_come_in_any_order(owner: str) -> None:
    assert compare_owners(ADA, Identity(names=("JONES BOB", owner))) is Evidence.OWNER_SAME


def test_the_customer_s_company_may_own_it() -> None:
    assert compare_owners(ADA, Identity(companies=("EXAMPLE BAKERY",))) is Evidence.OWNER_SAME


def test_an_initial_resembles() -> None:
    assert compare_owners(ADA, Identity(names=("SAMPLE A",))) is Evidence.OWNER_ALIKE


@pytest.mark.parametrize("owner", ["JONES BOB", "SAMPLE BOB", ""])
def test_another_owner_says_nothing(owner: str) -> None:
    assert compare_owners(ADA, Identity(names=(owner,), companies=("GLOBEX LLC",))) is None
