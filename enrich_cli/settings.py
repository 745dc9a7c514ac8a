"""Every environment variable, once, typed. Read from the environment, `.env.local` and `.env`, in this order."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, WithJsonSchema
from pydantic_settings import BaseSettings, SettingsConfigDict

from enrich_cli.domain.errors import ShownError
from enrich_cli.domain.money import MICROS_PER_DOLLAR, Money
from enrich_cli.domain.rate import Window, parse_rate
from enrich_cli.key_command import printed_key


class SettingError(ShownError):
    """A setting can't be used; the text names the variable and what it may be."""

    exit_code = 5


def _money(value: Any) -> Money:
    return value if isinstance(value, Money) else Money.parse(str(value))


def _rate(value: Any) -> tuple[Window, ...]:
    return value if isinstance(value, tuple) else parse_rate(str(value))


def _origin(value: str) -> str:
    scheme, _, rest = value.partition("://")
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if scheme.lower() not in ("http", "https") or not host:
        raise ValueError("no URL")
    return f"{scheme.lower()}://{host}"


def in_clear(url: str) -> bool:
    """Would what is sent to this http or https URL leave this machine unencrypted?"""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if parts.scheme.lower() != "http" or host == "localhost" or host.endswith(".localhost"):
        return False
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        return True


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError("not finite")
    return value


def _list_of(*words: str) -> str:
    one = "|".join(words)
    return rf"^\s*({one})\s*(,\s*({one})\s*)*$"


Dollars = Annotated[Money, BeforeValidator(_money), WithJsonSchema({"type": "string"})]
Rate = Annotated[tuple[Window, ...], BeforeValidator(_rate), WithJsonSchema({"type": "string"})]
Origin = Annotated[str, AfterValidator(_origin)]
Key = Annotated[SecretStr | None, Field(description="the vendor's key")]
KeyCommand = Annotated[SecretStr | None, Field(description="a command that prints the vendor's key")]
Seconds = Annotated[float, Field(gt=0), AfterValidator(_finite)]

_DOLLARS_MAY_BE = "dollars, a number of at least 0, such as 25 or 0.0245"
_SECONDS_MAY_BE = "seconds, a number above 0"
_LONGEST_LIFETIME = 10 * 366 * 86_400
_LIFETIME_MAY_BE = "seconds, a whole number from 0 to 316224000 (ten years)"


class _Variables(BaseSettings):
    model_config = SettingsConfigDict(
        env_file=(".env", ".env.local"), env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    @classmethod
    def load(cls, **options: Any) -> Self:
        """Read them all; raises SettingError at the first that can't be used."""
        try:
            return cls(**options)
        except ValidationError as invalid:
            raise SettingError(cls._explain(invalid, str(options.get("_env_prefix", "")))) from None
        except UnicodeDecodeError:
            raise SettingError(".env or .env.local is not UTF-8 text; save it as UTF-8") from None

    @classmethod
    def _explain(cls, invalid: ValidationError, prefix: str) -> str:
        name = str(invalid.errors(include_input=False, include_url=False)[0]["loc"][0])
        field = next(
            (
                field
                for key, field in cls.model_fields.items()
                if name.lower() in (key, str(field.validation_alias).lower())
            ),
            None,
        )
        prefix = prefix or str(cls.model_config.get("env_prefix") or "")
        variable = name if field is not None and field.validation_alias else f"{prefix}{name}"
        return f"{variable.upper()} can't be used: it may be {field.description if field else 'another value'}"


PREFIX = "ENRICHMENT_"
"""So begin the names of nearly all variables that steer the program itself."""


class Settings(_Variables):
    """What steers the program itself."""

    model_config = SettingsConfigDict(env_prefix=PREFIX)

    enabled: bool = Field(True, validation_alias="ENABLE_CUSTOMER_ENRICHMENT", description="true or false")
    db: Path | None = Field(None, description="the path of the store's file")
    company: str = Field("default", min_length=1, max_length=200, description="a company's id, 1 to 200 characters")
    cache_ttl: int = Field(604_800, ge=0, le=_LONGEST_LIFETIME, description=_LIFETIME_MAY_BE)
    cache_ttl_pro: int = Field(86_400, ge=0, le=_LONGEST_LIFETIME, description=_LIFETIME_MAY_BE)
    min_confidence: float = Field(0.5, ge=0, le=1, description="a number from 0 to 1")
    monthly_budget_usd: Dollars | None = Field(None, description=_DOLLARS_MAY_BE)
    confirm_usd: Dollars = Field(Money(10 * MICROS_PER_DOLLAR), description=_DOLLARS_MAY_BE)
    timeout: Seconds = Field(30, description=_SECONDS_MAY_BE)
    max_pause: Annotated[float, AfterValidator(_finite)] = Field(
        120, ge=0, description="seconds, a number of at least 0"
    )
    person_providers: str | None = Field(None, description="a comma list of providers of the person chain")
    business_providers: str | None = Field(None, description="a comma list of providers of the business chain")
    social_providers: str | None = Field(None, description="a comma list of providers of the social chain")
    property_providers: str | None = Field(None, description="a comma list of providers of the property chain")
    master_key: SecretStr | None = Field(None, description="32 bytes as 64 hexadecimal digits or as base64")
    master_key_file: Path | None = Field(None, description="the path of a file that holds the master key")
    company_key: SecretStr | None = Field(None, description="a key that `company-key new` made")
    retention_days: int | None = Field(None, ge=1, le=36_500, description="days, a whole number from 1 to 36500")

    def chain_order(self, data_type: str) -> str | None:
        """The comma list that reorders or trims a data type's chain, if one is set."""
        order: str | None = getattr(self, f"{data_type}_providers", None)
        return order


class Keys(_Variables):
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

    def key(self, variable: str) -> str | None:
        """The key in a variable of this name, in clear, or what its command prints; None when neither is set.

        Raises KeyCommandFailed.
        """
        secret: SecretStr | None = getattr(self, variable.lower())
        if secret and (key := secret.get_secret_value().strip()):
            return key
        command: SecretStr | None = getattr(self, f"{variable}_CMD".lower())
        return printed_key(f"{variable}_CMD", command.get_secret_value()) if command else None

    def has(self, variable: str) -> bool:
        """Is the key in this variable set, or the command that prints it? That is not run."""
        secrets: list[SecretStr | None] = [getattr(self, name.lower()) for name in (variable, f"{variable}_CMD")]
        return any(secret and secret.get_secret_value().strip() for secret in secrets)


class VendorOptions(_Variables):
    """What can be set for one vendor alone, because its service comes in variants."""

    linkedin_host: str = Field(
        "web-scraping-api2.p.rapidapi.com",
        pattern=r"^[A-Za-z0-9.-]+$",
        description="the host of a RapidAPI listing, such as web-scraping-api2.p.rapidapi.com",
    )
    linkedin_path: str = Field(
        "/get-personal-profile",
        pattern=r"^/[^?#\s]*$",
        description="a path of that listing, such as /get-personal-profile",
    )
    facebook_graph_version: str = Field("v25.0", pattern=r"^v\d+\.\d+$", description="a version such as v25.0")
    attom_reports: str = Field(
        "profile,avm,permits",
        pattern=_list_of("profile", "avm", "permits"),
        description="a comma list out of profile, avm and permits",
    )
    corelogic_reports: str = Field(
        "detail,permits",
        pattern=_list_of("detail", "permits", "avm"),
        description="a comma list out of detail, permits and avm",
    )
    corelogic_token_url: str | None = Field(
        None, pattern=r"^https?://\S+$", description="the whole URL of the token endpoint"
    )


class ProviderSettings(_Variables):
    """What can be set for one provider: `HUNTER_RATE` and so on. None leaves the vendor's default."""

    base_url: Origin | None = Field(None, description="an http or https URL; its scheme, host and port are used")
    rate: Rate | None = Field(None, description="none, or windows such as 15/1s,500/1m (units s, m, h, d)")
    timeout: Seconds | None = Field(None, description=_SECONDS_MAY_BE)
    cost_usd: Dollars | None = Field(None, description=_DOLLARS_MAY_BE)

    @classmethod
    def of(cls, provider: str) -> ProviderSettings:
        """Read the settings of one provider; raises SettingError."""
        return cls.load(_env_prefix=f"{provider.upper()}_")


def variables(providers: Iterable[str]) -> frozenset[str]:
    """The name of every variable that is read, with those of each of these providers."""
    names = {str(field.validation_alias or f"{PREFIX}{name}") for name, field in Settings.model_fields.items()}
    names.update(Keys.model_fields, VendorOptions.model_fields)
    names.update(f"{provider}_{name}" for provider in providers for name in ProviderSettings.model_fields)
    return frozenset(name.upper() for name in names)
