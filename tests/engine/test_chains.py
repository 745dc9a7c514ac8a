"""The chains of a run, out of catalogue and settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from enrich_cli.domain.customer import customer_from
from enrich_cli.domain.data_type import DataType
from enrich_cli.engine.chain import Chain
from enrich_cli.engine.chains import accounts_of, build_chains, reads, unusable
from enrich_cli.gateway.account import Account
from enrich_cli.providers.base import Provider
from enrich_cli.settings import Settings
from enrich_cli.variables import SettingError

if TYPE_CHECKING:
    from tests.engine.conftest import Make

PERSON = DataType.PERSON
EVERY_FIELD = frozenset({"email", "city"})


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Settings]:
    """Settings that hold what is given, and nothing of this machine."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ENRICHMENT_PERSON_PROVIDERS", raising=False)
    return Settings.load


@pytest.fixture
def built(make: Make, settings: Callable[..., Settings]) -> Callable[..., Chain]:
    def build(
        person_providers: str | None = None, *, capped: bool = False, refused: Mapping[str, str] | None = None
    ) -> Chain:
        def open_account(provider: Provider) -> Account | str:
            if why := (refused or {}).get(provider.name):
                return why
            account = make.link(provider.name).account
            assert account is not None
            return replace(account, provider=provider, price=provider.price if provider.name != "hunter" else None)

        chains = build_chains(
            [PERSON],
            settings(person_providers=person_providers),
            required={PERSON: EVERY_FIELD},
            open_account=open_account,
            capped=capped,
        )
        return chains[PERSON]

    return build


def names(chain: Chain) -> list[str]:
    return [link.provider.name for link in chain.links]


def test_a_chain_stands_in_fallback_order_with_the_fields_that_are_required(built: Callable[..., Chain]) -> None:
    chain = built()
    assert names(chain) == ["clearbit", "fullcontact", "hunter"]
    assert (chain.data_type, chain.required) == (PERSON, EVERY_FIELD)
    assert [account.provider.name for account in accounts_of([chain])] == names(chain)


def test_a_setting_reorders_and_trims_it(built: Callable[..., Chain]) -> None:
    assert names(built("hunter, CLEARBIT")) == ["hunter", "clearbit"]


def test_a_setting_that_names_no_provider_of_the_chain_is_refused_by_its_variable(built: Callable[..., Chain]) -> None:
    with pytest.raises(SettingError, match=r"ENRICHMENT_PERSON_PROVIDERS.*huntr.*did you mean hunter"):
        built("huntr")


def test_a_provider_without_keys_stays_in_the_chain_with_the_reason(built: Callable[..., Chain]) -> None:
    chain = built(refused={"clearbit": "not configured: set CLEARBIT_API_KEY"})
    first, *others = chain.links
    assert (first.account, first.disabled, first.configured) == (None, "not configured: set CLEARBIT_API_KEY", False)
    assert all(link.account and link.configured and link.disabled is None for link in others)


def test_under_a_cap_a_provider_without_a_known_price_is_not_asked(built: Callable[..., Chain]) -> None:
    for capped in (False, True):
        hunter = built(capped=capped).links[-1]
        assert (hunter.account is None) is capped
        assert ("HUNTER_COST_USD" in (hunter.disabled or "")) is capped
        assert hunter.configured


def test_matching_reads_fields_beside_those_that_go_out() -> None:
    assert {"email", "name", "city"} <= reads()[PERSON]
    assert set(reads()) == set(DataType)


@pytest.mark.parametrize("fields", [{"email": "ada@example.com"}, {"name": "Ada Sample", "domain": "example.com"}])
def test_a_customer_that_some_provider_can_be_asked_about_is_usable(fields: dict[str, str]) -> None:
    customer = customer_from(fields)
    assert customer is not None
    assert unusable(customer) is None


def test_one_that_none_can_use_is_told_by_the_names_of_its_fields_alone() -> None:
    customer = customer_from({"city": "Paris", "country": "France"})
    assert customer is not None
    reason = unusable(customer)
    assert reason is not None
    assert "city, country" in reason
    assert "Paris" not in reason
