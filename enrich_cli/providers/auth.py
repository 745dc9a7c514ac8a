"""How a key is put into a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeAlias
from urllib.parse import urlencode

if TYPE_CHECKING:
    import httpx


class Keyed(NamedTuple):
    """Address and headers of a request, with the key."""

    url: str
    headers: Mapping[str, str]


class HeaderKey:
    """A key in one header, unchanged on every request."""

    def __init__(self, header: str, value: str) -> None:
        self._header = header
        self._value = value

    def on(self, url: str, headers: Mapping[str, str]) -> Keyed:
        """The same request with the key."""
        return Keyed(url, {**headers, self._header: self._value})


def bearer(key: str) -> HeaderKey:
    """`Authorization: Bearer <key>`."""
    return HeaderKey("Authorization", f"Bearer {key}")


class QueryKey:
    """A key in one query parameter, added to every request."""

    def __init__(self, parameter: str, value: str) -> None:
        self._addition = urlencode({parameter: value})

    def on(self, url: str, headers: Mapping[str, str]) -> Keyed:
        """The same request with the key."""
        return Keyed(f"{url}{'&' if '?' in url else '?'}{self._addition}", headers)


Auth: TypeAlias = "HeaderKey | QueryKey | httpx.Auth"
"""Either a key that is simply put into requests, or a flow of requests that fetches a token first."""
