"""The list of vendors, and chains by name."""

from __future__ import annotations

import pytest

from enrich_cli.domain.customer import FIELDS
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.rate import parse_rate
from enrich_cli.providers.base import Provider
from enrich_cli.providers.catalog import PROVIDERS, chain, default_chain, fields_read

PERSON = DataType.PERSON
FALLBACK = ["clearbit", "fullcontact", "hunter"]


def names(order: str | None) -> list[str]:
    return [provider.name for provider in chain(PERSON, order)]


@pytest.mark.parametrize(
    ("data_type", "order"),
    [
        (PERSON, FALLBACK),
        (DataType.BUSINESS, ["google_places", "opencorporates"]),
        (DataType.SOCIAL, ["linkedin", "twitter", "facebook"]),
        (DataType.PROPERTY, ["attom", "corelogic"]),
    ],
)
def test_each_chain_stands_in_the_contract_s_order(data_type: DataType, order: list[str]) -> None:
    assert [provider.name for provider in default_chain(data_type)] == order
    assert [provider.name for provider in chain(data_type)] == order


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("hunter,clearbit", ["hunter", "clearbit"]),
        (" Hunter , CLEARBIT,", ["hunter", "clearbit"]),
        ("fullcontact", ["fullcontact"]),
    ],
)
def test_a_comma_list_reorders_and_trims_it(order: str, expected: list[str]) -> None:
    assert names(order) == expected


def test_a_name_that_is_not_in_the_chain_is_refused_with_those_that_are_and_the_closest() -> None:
    with pytest.raises(
        ValueError, match=r"clearbite is not a provider of the person chain: .*; did you mean clearbit\?"
    ):
        chain(PERSON, "clearbite")
    with pytest.raises(
        ValueError, match=r"xyz is not a provider of the person chain: it may be clearbit, fullcontact, hunter$"
    ):
        chain(PERSON, "xyz")


@pytest.mark.parametrize("order", ["", " , ", "hunter,hunter", "hunter,HUNTER"])
def test_an_empty_list_and_a_name_that_stands_twice_are_refused(order: str) -> None:
    with pytest.raises(ValueError, match="a comma list of different providers from clearbit"):
        chain(PERSON, order)


def test_what_is_read_is_what_any_vendor_of_the_type_may_be_asked_by() -> None:
    assert fields_read(PERSON) == frozenset().union(*(provider.reads for provider in default_chain(PERSON)))
    assert "email" in fields_read(PERSON)


def test_every_vendor_has_a_name_of_its_own_that_can_begin_a_variable() -> None:
    vendors = [provider.name for provider in PROVIDERS]
    assert len(set(vendors)) == len(vendors)
    assert all(name.isidentifier() and name.islower() for name in vendors)


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: str(provider.name))
def test_every_vendor_s_defaults_can_be_used(provider: Provider) -> None:
    parse_rate(provider.rate)
    assert provider.base_url.startswith("https://")
    assert provider.needs
    assert frozenset().union(*provider.needs) <= provider.reads <= set(FIELDS)
    assert all(key.isupper() for key in provider.keys)
