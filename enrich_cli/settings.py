"""Every environment variable, once, typed; read from the environment, `.env.local` and `.env`, in this order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from enrich_cli.domain.money import MICROS_PER_DOLLAR, Money
from enrich_cli.domain.tier import LONGEST_COMPANY_ID, Lifetimes
from enrich_cli.key_command import printed_key
from enrich_cli.setting_types import Dollars, FilePath, Finite, Origin, Rate, Seconds, UnitPrice, Url, list_of
from enrich_cli.variables import SettingError, Variables

Key = Annotated[SecretStr | None, Field(description="the provider's key")]
KeyCommand = Annotated[SecretStr | None, Field(description="a command that prints the provider's key")]

_DOLLARS_MAY_BE = "dollars, a number of at least 0, such as 25 or 0.0245"
_SECONDS_MAY_BE = "seconds, a number above 0"
_LONGEST_LIFETIME = 10 * 366 * 86_400
_LIFETIME_MAY_BE = f"seconds, a whole number from 0 to {_LONGEST_LIFETIME} (ten years)"
_LIFETIMES = Lifetimes()

PREFIX = "ENRICHMENT_"
"""The prefix of nearly all variables that are not a vendor's."""


class Settings(Variables):
    """The settings of the program itself."""

    model_config = SettingsConfigDict(env_prefix=PREFIX)

    enabled: bool = Field(True, validation_alias="ENABLE_CUSTOMER_ENRICHMENT", description="true or false")
    db: FilePath | None = Field(None, description="the path of the store's file")
    company: str = Field(
        "default",
        min_length=1,
        max_length=LONGEST_COMPANY_ID,
        description=f"a company's id, 1 to {LONGEST_COMPANY_ID} characters",
    )
    cache_ttl: int = Field(_LIFETIMES.free, ge=0, le=_LONGEST_LIFETIME, description=_LIFETIME_MAY_BE)
    cache_ttl_pro: int = Field(_LIFETIMES.pro, ge=0, le=_LONGEST_LIFETIME, description=_LIFETIME_MAY_BE)
    min_confidence: float = Field(0.5, ge=0, le=1, description="a number from 0 to 1")
    monthly_budget_usd: Dollars | None = Field(None, description=_DOLLARS_MAY_BE)
    confirm_usd: Dollars = Field(Money(10 * MICROS_PER_DOLLAR), description=_DOLLARS_MAY_BE)
    timeout: Seconds = Field(30, description=_SECONDS_MAY_BE)
    max_pause: Finite = Field(120, ge=0, description="seconds, a number of at least 0")
    person_providers: str | None = Field(None, description="a comma list of providers of the person chain")
    business_providers: str | None = Field(None, description="a comma list of providers of the business chain")
    social_providers: str | None = Field(None, description="a comma list of providers of the social chain")
    property_providers: str | None = Field(None, description="a comma list of providers of the property chain")
    master_key: SecretStr | None = Field(None, description="32 bytes as 64 hexadecimal digits or as base64")
    master_key_file: FilePath | None = Field(None, description="the path of a file that holds the master key")
    company_key: SecretStr | None = Field(None, description="a key that `company-key new` made")
    retention_days: int | None = Field(None, ge=1, le=36_500, description="days, a whole number from 1 to 36500")

    @property
    def lifetimes(self) -> Lifetimes:
        """How long a cached enrichment is served on each tier."""
        return Lifetimes(free=self.cache_ttl, pro=self.cache_ttl_pro)

    def chain_order(self, data_type: str) -> str | None:
        """The comma list that reorders or trims a data type's chain, if one is set."""
        order: str | None = getattr(self, f"{data_type}_providers")
        return order


class Keys(Variables):
    """The vendors' keys, and commands that print them. `SecretStr` keeps them out of every `repr` and traceback."""

    clearbit_api_key: Key = None
    fullcontact_api_key: Key = None
    hunter_api_key: Key = None
    google_places_api_key: Key = None
    opencorporates_api_key: Key = None
    rapidapi_key: Key = None
    twitter_bearer_token: Key = None
    facebook_app_id: Key = None
    facebook_app_secret: Key = None
    attom_api_key: Key = None
    corelogic_api_key: Key = None
    corelogic_api_secret: Key = None
    clearbit_api_key_cmd: KeyCommand = None
    fullcontact_api_key_cmd: KeyCommand = None
    hunter_api_key_cmd: KeyCommand = None
    google_places_api_key_cmd: KeyCommand = None
    opencorporates_api_key_cmd: KeyCommand = None
    rapidapi_key_cmd: KeyCommand = None
    twitter_bearer_token_cmd: KeyCommand = None
    facebook_app_id_cmd: KeyCommand = None
    facebook_app_secret_cmd: KeyCommand = None
    attom_api_key_cmd: KeyCommand = None
    corelogic_api_key_cmd: KeyCommand = None
    corelogic_api_secret_cmd: KeyCommand = None

    def key(self, variable: str) -> str | Callable[[], str] | None:
        """The key in the variable of this name, in clear, or a function that runs its command; None if neither is set.

        Raises SettingError for a key that no request can carry; running the command may raise KeyCommandFailed.
        """
        secret: SecretStr | None = getattr(self, variable.lower())
        if secret and (key := secret.get_secret_value().strip()):
            if not key.isprintable():
                raise SettingError(
                    f"{variable} can't be used: it must be a key on one line, without invisible characters"
                )
            return key
        command: SecretStr | None = getattr(self, f"{variable}_CMD".lower())
        # A function, unlike a text, does not show the command when it is printed.
        return (lambda: printed_key(f"{variable}_CMD", command.get_secret_value())) if command else None

    def has(self, variable: str) -> bool:
        """Is the key in this variable set, or the command that prints it? The command is not run."""
        secrets: list[SecretStr | None] = [getattr(self, name.lower()) for name in (variable, f"{variable}_CMD")]
        return any(secret and secret.get_secret_value().strip() for secret in secrets)


class VendorOptions(Variables):
    """Settings that only one vendor has, because its service comes in variants. None leaves the vendor's default."""

    linkedin_host: str | None = Field(
        None,
        pattern=r"^[A-Za-z0-9.-]+$",
        description="the host of a RapidAPI listing, such as web-scraping-api2.p.rapidapi.com",
    )
    linkedin_path: str | None = Field(
        None,
        pattern=r"^/[^?#\s]*$",
        description="a path of that listing, such as /get-personal-profile",
    )
    facebook_graph_version: str | None = Field(None, pattern=r"^v\d+\.\d+$", description="a version such as v25.0")
    attom_reports: str | None = Field(
        None,
        pattern=list_of("profile", "avm", "permits"),
        description="a comma list from profile, avm and permits",
    )
    corelogic_reports: str | None = Field(
        None,
        pattern=list_of("detail", "permits", "avm"),
        description="a comma list from detail, permits and avm",
    )
    corelogic_token_url: Url | None = Field(None, description="the whole http or https URL of the token endpoint")


class ProviderSettings(Variables):
    """What can be set for every provider: `HUNTER_RATE` and so on. None leaves the vendor's default."""

    base_url: Origin | None = Field(None, description="an http or https URL; its scheme, host and port are used")
    rate: Rate | None = Field(None, description="none, or windows such as 15/1s,500/1m (units s, m, h, d)")
    timeout: Seconds | None = Field(None, description=_SECONDS_MAY_BE)
    cost_usd: UnitPrice | None = Field(None, description="dollars, a number from 0 to 1000000, such as 0.0245")

    @classmethod
    def of(cls, provider: str) -> ProviderSettings:
        """Read the settings of one provider; raises SettingError."""
        return cls.load(_env_prefix=f"{provider.upper()}_")


def variables(providers: Iterable[str]) -> frozenset[str]:
    """The name of every variable that is read, including those of each of these providers."""
    names = {*Settings.names(), *Keys.names(), *VendorOptions.names()}
    return frozenset(names.union(*(ProviderSettings.names(f"{provider}_") for provider in providers)))
