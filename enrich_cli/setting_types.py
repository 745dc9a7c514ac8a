"""The types of settings: amounts, rates, URLs, paths and time spans, parsed from text."""

from __future__ import annotations

import math
import re
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_settings import NoDecode

from enrich_cli.domain.money import MICROS_PER_DOLLAR, Money
from enrich_cli.domain.rate import Window, parse_rate

_DEAREST_UNIT = Money(1_000_000 * MICROS_PER_DOLLAR)


def _money(value: Any) -> Money:
    return value if isinstance(value, Money) else Money.parse(str(value))


def _unit_price(value: Money) -> Money:
    if value > _DEAREST_UNIT:
        raise ValueError("sums of it could not be booked")
    return value


def _rate(value: Any) -> tuple[Window, ...]:
    return value if isinstance(value, tuple) else parse_rate(str(value))


def _without_credentials(url: str) -> SplitResult:
    """A URL without credentials, which would take the place of the vendor's key. Raises ValueError."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", url):
        raise ValueError("no URL")
    if parts.port == 0:  # one that is no number raises ValueError by itself
        raise ValueError("no port")
    return parts._replace(netloc=parts.netloc.rpartition("@")[2])


def _origin(value: str) -> str:
    parts = _without_credentials(value)
    return f"{parts.scheme}://{parts.netloc}"


def _url(value: str) -> str:
    return _without_credentials(value).geturl()


def _no_url(value: Any) -> Any:
    if "://" in str(value):
        raise ValueError("no path")
    return value


def _in_home(path: Path) -> Path:
    """The path with `~` expanded, as a shell does; settings files are not read by a shell."""
    try:
        return path.expanduser()
    except RuntimeError:  # no user is called so
        return path


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError("not finite")
    return value


# pydantic-settings would parse these as JSON.
Dollars = Annotated[Money, NoDecode, BeforeValidator(_money)]
Rate = Annotated[tuple[Window, ...], NoDecode, BeforeValidator(_rate)]
UnitPrice = Annotated[Dollars, AfterValidator(_unit_price)]
Origin = Annotated[str, AfterValidator(_origin)]
Url = Annotated[str, AfterValidator(_url)]
FilePath = Annotated[Path, BeforeValidator(_no_url), AfterValidator(_in_home)]
Finite = Annotated[float, AfterValidator(_finite)]
Seconds = Annotated[Finite, Field(gt=0)]


def list_of(*words: str) -> str:
    """A pattern of comma lists of these words."""
    one = "|".join(words)
    return rf"^\s*({one})\s*(,\s*({one})\s*)*$"


def in_clear(url: str) -> bool:
    """Would a request to this http or https URL leave this machine unencrypted?"""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if parts.scheme.lower() != "http" or host == "localhost" or host.endswith(".localhost"):
        return False
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        return True
