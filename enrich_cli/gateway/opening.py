"""From settings to accounts: which vendors can be asked in this run, and how."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from enrich_cli.domain.money import Money
from enrich_cli.domain.rate import Window, parse_rate
from enrich_cli.gateway.account import Account
from enrich_cli.gateway.clock import Clock
from enrich_cli.gateway.departures import Departures, OwnDepartures
from enrich_cli.gateway.late_keys import LateKey
from enrich_cli.gateway.pace import Pace
from enrich_cli.providers.auth import Auth
from enrich_cli.providers.base import Provider
from enrich_cli.settings import ProviderSettings, VendorOptions

HEAD_START = 0.02
"""How many seconds sooner than others a request may reach the vendor, which counts what arrives, not what leaves."""


def open_account(
    provider: Provider,
    options: ProviderSettings,
    vendor_options: VendorOptions,
    key_of: Callable[[str], str | Callable[[], str] | None],
    *,
    timeout: float,
    clock: Clock,
    departures: Callable[[str, Sequence[Window]], Departures] = lambda _, windows: Departures(windows),
) -> Account | str:
    """An account with a vendor, or why there is none (`not configured: set HUNTER_API_KEY`).

    `key_of` returns the key in a variable, or a function that will return it once something is sent; `timeout`
    (seconds) applies if neither settings nor vendor say otherwise. `departures` counts what leaves for a vendor against
    its windows; by default only for this process.
    """
    keys = [key_of(variable) for variable in provider.keys]
    missing = [variable for variable, key in zip(provider.keys, keys, strict=True) if not key]
    if missing:
        return f"not configured: set {' and '.join(missing)}"
    provider = provider.configured(vendor_options)
    rate = rate_in_force(provider, options)
    of_all = departures(provider.name, as_arriving(rate))
    # A rate in the settings is meant for everything that is sent, so it replaces those of single paths.
    own_rates = provider.own_rates if options.rate is None else {}
    return Account(
        provider=provider,
        base_url=options.base_url or provider.base_url,
        auth=_auth(provider, [key for key in keys if key]),
        pace=Pace(of_all, clock),
        own_paces={
            path: Pace(OwnDepartures(departures(provider.name + path, as_arriving(parse_rate(own))), of_all), clock)
            for path, own in own_rates.items()
        },
        rate=rate,
        timeout=options.timeout or provider.timeout or timeout,
        price=price_in_force(provider, options),
    )


def as_arriving(windows: Sequence[Window]) -> tuple[Window, ...]:
    """The windows for what leaves, such that those given hold for what arrives."""
    return tuple([replace(window, seconds=window.seconds + HEAD_START) for window in windows])


def _auth(provider: Provider, keys: Sequence[str | Callable[[], str]]) -> Auth | LateKey:
    def made() -> Auth:
        return provider.auth(*(key if isinstance(key, str) else key() for key in keys))

    return LateKey(made) if any(map(callable, keys)) else made()


def price_in_force(provider: Provider, options: ProviderSettings) -> Money | None:
    """The price of the vendor's billing unit, from the settings or its list; None if it is not known."""
    return provider.price if options.cost_usd is None else options.cost_usd


def rate_in_force(provider: Provider, options: ProviderSettings) -> tuple[Window, ...]:
    """How fast the vendor may be asked, from the settings or its sheet; without a window there is no limit."""
    return parse_rate(provider.rate) if options.rate is None else options.rate
