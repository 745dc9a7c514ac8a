"""URLs as people write them and as messages may show them; loads nothing, so that a run without a database is quick."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

_PARTS = re.compile(r"([A-Za-z][\w+.-]*)://(?:(.*)@)?([^?#]*).*", re.DOTALL)
_SQLITE = re.compile(r"sqlite(?:\+\w+)?:///([^?]+).*", re.IGNORECASE | re.DOTALL)
_USER = re.compile(r"[\w.%-]+")


def is_url(text: str) -> bool:
    """Is this a URL, and so no path of a file?"""
    return "://" in text


def sqlite_file(url: str) -> Path | None:
    """The file that the URL of a SQLite database names; None of other databases."""
    parts = _SQLITE.fullmatch(url)
    return Path(unquote(parts[1])) if parts else None


def shown(url: str) -> str:
    """A URL without its password and options, whatever is wrong with it.

    All that stands before the last `@` is who logs in: a password that holds an `@` or a `/` is not cut in two.
    """
    parts = _PARTS.fullmatch(url)
    if parts is None:
        return "the URL"
    scheme, login, place = parts.groups()
    user = _USER.match(login or "")
    return f"{scheme}://{f'{user[0]}@' if user else ''}{place}"
