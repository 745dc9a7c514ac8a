"""All providers, and what holds for them under today's settings."""

from __future__ import annotations

from typing import Any

import pytest

from enrich_cli.domain.money import Money
from enrich_cli.domain.rate import Window, parse_rate
from enrich_cli.engine.roster import Entry, roster
from enrich_cli.gateway.account import Account
from enrich_cli.gateway.clock import Clock
from enrich_cli.gateway.opening import open_account
from enrich_cli.providers.base import Provider
from enrich_cli.providers.catalog import PROVIDERS
from enrich_cli.settings import ProviderSettings, Settings, VendorOptions
from enrich_cli.variables import SettingError

KEYS = {"HUNTER_API_KEY": "k3y", "FACEBOOK_APP_ID": "4711"}
PLAIN = ProviderSettings.model_construct(base_url=None, rate=None, timeout=None, cost_usd=None)
OWN = PLAIN.model_copy(update={"rate": (Window(1, 60),), "cost_usd": Money.parse("0.01")})


def listed(**settings: Any) -> dict[str, Entry]:
    """Every provider by name; Hunter has settings of its own."""

    def settings_of(provider: Provider) -> ProviderSettings:
        return OWN if provider.name == "hunter" else PLAIN

    def opened(provider: Provider) -> Account | str:
        options = VendorOptions.model_construct()
        return open_account(provider, settings_of(provider), options, KEYS.get, timeout=30, clock=Clock())

    entries = roster(Settings.model_construct(**settings), open_account=opened, settings_of=settings_of)
    return {entry.provider.name: entry for entry in entries}


def test_every_provider_is_listed_once_in_the_order_of_the_chains() -> None:
    assert list(listed()) == [provider.name for provider in PROVIDERS]
    assert [entry.position for entry in listed().values()] == [1, 2, 3, 1, 2, 1, 2, 3, 1, 2]


def test_one_that_is_configured_has_an_account_and_no_reason_against_it() -> None:
    hunter = listed()["hunter"]
    assert hunter.account is not None
    assert hunter.disabled is None


def test_one_that_is_not_names_the_settings_that_are_missing_and_no_others() -> None:
    facebook, corelogic = listed()["facebook"], listed()["corelogic"]
    assert (facebook.account, facebook.disabled) == (None, "not configured: set FACEBOOK_APP_SECRET")
    assert corelogic.disabled == "not configured: set CORELOGIC_API_KEY and CORELOGIC_API_SECRET"


def test_price_and_rate_are_the_sheet_s_unless_they_are_set() -> None:
    hunter, clearbit, corelogic = (listed()[name] for name in ("hunter", "clearbit", "corelogic"))
    assert (hunter.price, hunter.rate) == (Money.parse("0.01"), (Window(1, 60),))
    assert (clearbit.price, clearbit.rate) == (Money.parse("0.10"), parse_rate("600/1m"))
    assert corelogic.price is None


def test_a_chain_that_is_set_gives_the_order_and_says_who_is_left_out() -> None:
    entries = listed(person_providers="fullcontact,clearbit")
    assert list(entries)[:3] == ["fullcontact", "clearbit", "hunter"]
    assert (entries["fullcontact"].position, entries["clearbit"].position) == (1, 2)
    hunter = entries["hunter"]
    assert (hunter.position, hunter.disabled) == (None, "left out by ENRICHMENT_PERSON_PROVIDERS")
    assert hunter.account is not None


def test_a_chain_that_can_not_be_names_its_setting() -> None:
    with pytest.raises(SettingError, match="ENRICHMENT_SOCIAL_PROVIDERS"):
        listed(social_providers="myspace")
