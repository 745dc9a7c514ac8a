"""Handles that an account on X (Twitter) can have."""

from __future__ import annotations

import re

_HANDLE = re.compile(r"[A-Za-z0-9_]{1,15}")
_RESERVED = frozenset(
    (
        *("home", "i", "intent", "share", "search", "hashtag"),
        *("explore", "settings", "login", "signup", "messages", "compose"),
    )
)
"""Paths of the site itself, which links have where a handle would be."""


def twitter_handle(text: str | None) -> str | None:
    """The handle; None if no account can have it."""
    return text if text and _HANDLE.fullmatch(text) and text.lower() not in _RESERVED else None
