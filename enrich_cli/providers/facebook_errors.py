"""What the error objects of the Graph API mean: by code, then subcode, then text; the HTTP status says little."""

from __future__ import annotations

import re

import orjson

from enrich_cli.providers.errors import (
    BadAnswer,
    InvalidCredentials,
    NotAccepted,
    ProviderError,
    RateLimited,
    Unavailable,
)
from enrich_cli.providers.reading import count, flag, number, text

PAUSE = 600.0
"""Seconds to pause if the calls of the rolling hour are used up; the vendor usually does not say how long."""

_KEY_REFUSED = frozenset({101, 102, 190})
_KEY_TEXT = re.compile("validating (client secret|application)|app ?secret[ _]proof", re.IGNORECASE)
_BLOCKED = 368
_FEATURE_MISSING = frozenset({3, 10, *range(200, 300)})
_FEATURE_TEXT = re.compile(
    "page public (content|metadata) access|pages_read_engagement|reviewable feature", re.IGNORECASE
)
"""Names of features. `missing permissions` is not one: it is in the ordinary message for a Page that does not exist."""
_THROTTLED = frozenset({4, 17, 32, 341, 613, 80001})
_OUTAGE = frozenset({1, 2})
_MERGED, _NO_SUCH_ALIAS = 21, 803
_PARAMETER, _NO_SUCH_OBJECT = 100, 33
_NO_FIELD_OF = re.compile(r"nonexisting field \(.*\) on node type \((\w+)\)", re.IGNORECASE)

_USED_UP = 100
"""Percent."""

_FEATURE = "the app needs the feature Page Public Metadata Access or Page Public Content Access"


def pause_by_usage(usage: str) -> float | None:
    """Seconds to pause according to an answer's `X-App-Usage`: a share of the rolling hour; at 100 %
    every call fails.
    """
    try:
        shares = orjson.loads(usage)
    except orjson.JSONDecodeError:
        return None
    used = (number(shares, share) for share in ("call_count", "total_cputime", "total_time"))
    return PAUSE if any(share is not None and share >= _USED_UP for share in used) else None


def meaning(fault: object, *, status: int, search: bool, asked: float | None) -> ProviderError | None:
    """What an error object means in answer to a search or the reading of a Page; None: there is no such Page.

    `asked`: the pause in seconds that the answer asks for, if any.
    """
    code, said = count(fault, "code"), text(fault, "message") or ""
    if code in _KEY_REFUSED or (code in (1, _PARAMETER) and _KEY_TEXT.search(said)):
        return InvalidCredentials(f"app id and secret were refused (code {code})")
    if code == _BLOCKED:
        return InvalidCredentials(f"the app is blocked for policy reasons (code {code})")
    if code in _FEATURE_MISSING or (code == _PARAMETER and _FEATURE_TEXT.search(said)):
        # Pages are found only by search: without it there is nothing to read either.
        refused = "search for" if search else "show"
        return InvalidCredentials(f"it refuses to {refused} Pages: {_FEATURE} (code {code})")
    if code in _THROTTLED:
        return RateLimited(f"too many requests (code {code})", PAUSE if asked is None else asked)
    if code in _OUTAGE or flag(fault, "is_transient") is True:
        return Unavailable(f"the provider is in trouble (code {code})", asked)
    if not search and _is_miss(fault, code, said):
        return None
    if code in (_PARAMETER, 2500):
        return NotAccepted(f"the provider can't use this input (code {code})")
    unknown = f"unknown error (code {code})"
    return Unavailable(unknown, asked) if status >= 500 else BadAnswer(unknown)


def _is_miss(fault: object, code: int | None, said: str) -> bool:
    """No Page has this id or name: there is none, it is not public, it is a person's profile, or it was merged away."""
    if code == _PARAMETER:
        field = _NO_FIELD_OF.search(said)
        return count(fault, "error_subcode") == _NO_SUCH_OBJECT or bool(field and field[1].lower() != "page")
    return code in (_MERGED, _NO_SUCH_ALIAS)
