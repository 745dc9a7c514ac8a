"""The answers of CoreLogic's token endpoint, and what its refusals of a token look like."""

from __future__ import annotations

import re

from enrich_cli.providers.errors import BadAnswer, InvalidCredentials, RateLimited, Unavailable
from enrich_cli.providers.lookup import Response
from enrich_cli.providers.reading import json_object, number, text

TOKEN_PATH = "/oauth/token"  # noqa: S105 no secret
_LIFETIME = 3_599.0
"""The seconds that a token is valid if the vendor does not say."""

_NOT_SOLD = re.compile(rb"NoApiProductMatchFound|no apiproduct match|not have proper entitlement", re.IGNORECASE)


def not_sold(body: bytes) -> bool:
    """Does a refusal say that the token is good, but the contract lacks what was asked for?"""
    return bool(_NOT_SOLD.search(body))


def token_in(answer: Response) -> tuple[str, float]:
    """The token, and the seconds that it is valid.

    Raises InvalidCredentials if key or secret are wrong, RateLimited, or Unavailable.
    """
    status = answer.status
    if status in (400, 401, 403):
        raise InvalidCredentials(f"key and secret were refused (status {status})")
    if status == 429:
        raise RateLimited("too many requests for tokens (status 429)", number(answer.headers.get("retry-after")))
    try:
        body = json_object(answer) if status < 300 else {}
    except BadAnswer:
        body = {}
    token, lifetime = text(body, "access_token"), number(body, "expires_in")
    if not token or not (token.isascii() and token.isprintable()):  # no header can bear another
        raise Unavailable(f"the provider gave no token (status {status})")
    return token, lifetime if lifetime and lifetime > 0 else _LIFETIME
