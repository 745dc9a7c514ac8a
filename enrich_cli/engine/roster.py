"""Every provider there is, and what holds for it under today's settings."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.money import Money
from enrich_cli.domain.rate import Window
from enrich_cli.engine.chains import order_setting, ordered
from enrich_cli.gateway.account import Account
from enrich_cli.gateway.opening import price_in_force, rate_in_force
from enrich_cli.providers.base import Provider
from enrich_cli.providers.catalog import default_chain
from enrich_cli.settings import ProviderSettings, Settings


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One provider under today's settings."""

    provider: Provider
    position: int | None
    """Its position in the chain, from 1; None if the settings leave it out."""
    account: Account | None
    """None if it is not configured."""
    disabled: str | None
    """Why no run would ask it; None if one would."""
    price: Money | None
    """The price of the vendor's billing unit; None if it is not known."""
    rate: tuple[Window, ...]
    """How fast it may be asked; without a window there is no limit."""


def roster(
    settings: Settings,
    *,
    open_account: Callable[[Provider], Account | str],
    settings_of: Callable[[Provider], ProviderSettings],
) -> list[Entry]:
    """All providers by data type, each chain in its order, then those left out of it. Raises SettingError."""
    entries = []
    for data_type in DataType:
        chain = ordered(data_type, settings)
        for provider in (*chain, *(one for one in default_chain(data_type) if one not in chain)):
            opened = open_account(provider)
            options = settings_of(provider)
            reason = opened if isinstance(opened, str) else None
            entries.append(
                Entry(
                    provider=provider,
                    position=chain.index(provider) + 1 if provider in chain else None,
                    account=None if isinstance(opened, str) else opened,
                    disabled=reason if provider in chain else f"left out by {order_setting(data_type)}",
                    price=price_in_force(provider, options),
                    rate=rate_in_force(provider, options),
                )
            )
    return entries
