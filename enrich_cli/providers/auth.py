"""How requests bear a key."""

from __future__ import annotations

from collections.abc import Generator, Mapping

import httpx


class HeaderKey(httpx.Auth):
    """A key in one header, unchanged on every request."""

    def __init__(self, header: str, value: str) -> None:
        self._header = header
        self._value = value

    def on(self, headers: Mapping[str, str]) -> dict[str, str]:
        """The headers with the key added."""
        return {**headers, self._header: self._value}

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers[self._header] = self._value
        yield request


def bearer(key: str) -> HeaderKey:
    """`Authorization: Bearer <key>`."""
    return HeaderKey("Authorization", f"Bearer {key}")


class QueryKey(httpx.Auth):
    """A key in one query parameter, added to every request."""

    def __init__(self, parameter: str, value: str) -> None:
        self._parameter = parameter
        self._value = value

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.url = request.url.copy_set_param(self._parameter, self._value)
        yield request
