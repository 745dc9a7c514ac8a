"""Who is asked: the vendors according to the settings, or the sandbox in their place."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

from enrich_cli.gateway.account import Account
from enrich_cli.gateway.clock import Clock
from enrich_cli.gateway.opening import open_account
from enrich_cli.gateway.shared_pace import PaceFile
from enrich_cli.providers.base import Provider
from enrich_cli.setting_types import in_clear
from enrich_cli.settings import Keys, ProviderSettings, VendorOptions
from enrich_cli.variables import SettingError

_SANDBOX_LATENCY_SECONDS = 0.04
_SANDBOX_SEED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendors:
    """Opens accounts according to the settings."""

    insecure: bool = False
    """Allow keys and customers to leave this machine unencrypted."""
    keys: Keys = field(default_factory=Keys.load)
    options: VendorOptions = field(default_factory=VendorOptions.load)

    def open_account(
        self, provider: Provider, *, timeout: float, clock: Clock, paces: PaceFile | None = None
    ) -> Account | str:
        """Returns an account, or why there is none. `timeout` in seconds. Raises SettingError."""
        settings = self.settings_of(provider)
        opened = partial(open_account, provider, settings, self.options, self.keys.key, timeout=timeout, clock=clock)
        return opened(departures=paces.departures) if paces else opened()

    def settings_of(self, provider: Provider) -> ProviderSettings:
        """The settings of a vendor. Raises SettingError."""
        settings = ProviderSettings.of(provider.name)
        self._refuse_clear(f"{provider.name.upper()}_BASE_URL", settings.base_url)
        for option, value in self.options:
            if option.startswith(f"{provider.name}_") and option.endswith("_url"):
                self._refuse_clear(option.upper(), value)
        return settings

    def _refuse_clear(self, variable: str, url: str | None) -> None:
        if url and not self.insecure and in_clear(url):
            raise SettingError(
                f"{variable} is plain http to another machine: keys and customers' data could be read on the way. Use "
                "https, or allow it with --insecure"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIns(Vendors):
    """Opens accounts at the sandbox alone, without a rate limit.

    Neither real keys nor settings meant for the real vendor reach it, prices apart: they are the user's own, and under
    a cost cap a vendor without one is not asked.
    """

    base_urls: Mapping[str, str]
    """By the vendor's name."""

    def open_account(
        self,
        provider: Provider,
        *,
        timeout: float,
        clock: Clock,
        paces: PaceFile | None = None,  # noqa: ARG002 the sandbox has no pace to share
    ) -> Account | str:
        settings, options = self.settings_of(provider), VendorOptions.model_construct()
        if provider.name not in self.base_urls:
            return "the sandbox does not play this provider"
        account = open_account(provider, settings, options, lambda _: "sandbox", timeout=timeout, clock=clock)
        if isinstance(account, Account):
            account.latency = _SANDBOX_LATENCY_SECONDS
        return account

    def settings_of(self, provider: Provider) -> ProviderSettings:
        return ProviderSettings.model_construct(
            base_url=self.base_urls.get(provider.name),
            rate=(),
            timeout=None,
            cost_usd=ProviderSettings.of(provider.name).cost_usd,
        )


@asynccontextmanager
async def sandbox_vendors() -> AsyncIterator[Vendors]:
    """Serves the sandbox as long as the block lasts."""
    from enrich_cli.sandbox.server import serving

    async with serving(latency=_SANDBOX_LATENCY_SECONDS, seed=_SANDBOX_SEED) as sandbox:
        yield StandIns(base_urls=sandbox.base_urls)
