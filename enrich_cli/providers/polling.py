"""Asking again while a vendor is still searching."""

from __future__ import annotations

from collections.abc import Generator, Iterable

from msgspec.structs import replace

from enrich_cli.providers.lookup import PENDING, Request, Response


def ready(request: Request, repeat: Request, waits: Iterable[float]) -> Generator[Request, Response, Response]:
    """Send `request`, then `repeat` after each wait (seconds) while the answer is a 202.

    Returns the last response: a 202 if the vendor did not get ready in time.
    """
    response = yield request
    for seconds in waits:
        if response.status != PENDING:
            break
        response = yield replace(repeat, poll_after=seconds)
    return response
