"""The chains of a run, built from the catalogue and the settings."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.engine.chain import Chain, Link
from enrich_cli.engine.odds import NO_RECORD, cost_of_an_answer
from enrich_cli.engine.ways import EVERY_FIELD, step_to
from enrich_cli.gateway.account import Account
from enrich_cli.matching.comparisons import READS
from enrich_cli.providers.base import Provider
from enrich_cli.providers.catalog import PROVIDERS, chain, fields_read
from enrich_cli.settings import Settings
from enrich_cli.store.track_record import TrackRecord
from enrich_cli.variables import SettingError

_ENOUGH = frozenset(
    field
    for provider in PROVIDERS
    if type(provider).can_ask is Provider.can_ask
    for need in provider.needs
    if len(need) == 1
    for field in need
)
"""Fields that are each enough for some provider, whatever they hold: a quick way to accept nearly every row."""
_NO_PRICE = "its price is not known and a cost cap is set: set {}_COST_USD"


def build_chains(
    types: Iterable[DataType],
    settings: Settings,
    *,
    required: Mapping[DataType, frozenset[str]],
    open_account: Callable[[Provider], Account | str],
    capped: bool,
) -> dict[DataType, Chain]:
    """A chain for each requested type. Under a cost cap, a provider without a known price is not asked.

    Raises SettingError for a chain setting that can't be used.
    """
    chains = {}
    for data_type in types:
        links = []
        for provider in ordered(data_type, settings):
            account = open_account(provider)
            if isinstance(account, str):
                links.append(Link(provider, None, account, configured=False))
            elif capped and account.price is None:
                links.append(Link(provider, None, _NO_PRICE.format(provider.name.upper())))
            else:
                links.append(Link(provider, account))
        chains[data_type] = Chain(data_type, links, required.get(data_type, frozenset()))
    return chains


def cheapest_first(chain: Chain, records: Mapping[str, TrackRecord]) -> Chain:
    """The chain ordered by the cost of an answer, as far as the ledger tells; providers that are not asked come last.

    If the first answer ends a chain, no other order has a lower expected cost. A provider without a record is assumed
    to find every other customer, so that it gets tried.
    """

    def price(link: Link) -> float:
        if link.account is None:
            return math.inf
        step = step_to(link.account, EVERY_FIELD, chain.required)
        return cost_of_an_answer(step, records.get(link.provider.name, NO_RECORD))

    return replace(chain, links=sorted(chain.links, key=price))


def accounts_of(chains: Iterable[Chain]) -> list[Account]:
    return [link.account for chain in chains for link in chain.links if link.account]


def reads() -> dict[DataType, frozenset[str]]:
    """The customer fields on which each data type's chain and matching depend."""
    return {data_type: fields_read(data_type) | READS.get(data_type, frozenset()) for data_type in DataType}


def unusable(customer: Customer) -> str | None:
    """Why no provider of any type could use a customer; None if one could."""
    for field in _ENOUGH:
        if getattr(customer, field):
            return None
    for provider in PROVIDERS:
        if provider.can_ask(customer):
            return None
    known = ", ".join(sorted(customer.values()))
    return f"no provider can look anybody up by {known} alone"


def ordered(data_type: DataType, settings: Settings) -> tuple[Provider, ...]:
    """A data type's providers in the order of the settings. Raises SettingError."""
    order = settings.chain_order(data_type.value)
    try:
        return chain(data_type, order)
    except ValueError as error:
        raise SettingError(f"{order_setting(data_type)} can't be used: {error}") from None


def order_setting(data_type: DataType) -> str:
    """The setting that reorders or trims a data type's chain."""
    return f"ENRICHMENT_{data_type.value.upper()}_PROVIDERS"
