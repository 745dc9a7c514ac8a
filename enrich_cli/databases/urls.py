"""Database URLs as people write them and as messages may show them. Loads nothing, so that a run without a database
starts quickly.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote

from enrich_cli.domain.errors import UsageProblem

_PARTS = re.compile(r"([A-Za-z][\w+.-]*)://(?:(.*)@)?([^?#]*)(.*)", re.DOTALL)
_SQLITE = re.compile(r"sqlite(?:\+\w+)?:///([^?]+).*", re.IGNORECASE | re.DOTALL)
_USER = re.compile(r"[\w.%-]+")
_OTHER_NAMES = {"postgres": "postgresql", "mariadb": "mysql"}
_PORTS = {"postgresql": "5432", "mysql": "3306"}
_SAY_WHERE = ("host", "port", "dbname", "service", "unix_socket")
"""The prefixes of options that lead to another database."""


def is_url(text: str) -> bool:
    """Is this a URL, rather than a path?"""
    return "://" in text


def sqlite_file(url: str) -> Path | None:
    """The file that a SQLite URL names; None for other databases. Raises UsageProblem for a name no file can have."""
    parts = _SQLITE.fullmatch(url)
    if parts is None:
        return None
    if "\x00" in (name := unquote(parts[1])):
        raise UsageProblem(f"{shown(url)}: no file's name can hold a NUL character (%00): leave it out")
    return Path(name)


def same_database(one: str, other: str) -> bool:
    """Do two URLs lead to the same database, whatever the user and options?"""
    return one == other or _whereabouts(one) == _whereabouts(other)


def _whereabouts(url: str) -> object:
    if file := sqlite_file(url):
        return os.path.realpath(file)
    parts = _PARTS.fullmatch(url)
    if parts is None:
        return url
    scheme, _, place, options = parts.groups()
    kind = scheme.lower().partition("+")[0]
    kind = _OTHER_NAMES.get(kind, kind)
    server, _, database = place.partition("/")
    if not re.search(r":\d+$", server):
        server = f"{server.rstrip(':')}:{_PORTS.get(kind, '')}"
    leading = sorted(option for option in re.split("[?&]", options) if option.startswith(_SAY_WHERE))
    return kind, server.lower(), database, leading


def shown(url: str) -> str:
    """A URL without its password and options, even if it is malformed.

    Everything before the last `@` belongs to the user: a password with an `@` or `/` is not cut in two.
    """
    parts = _PARTS.fullmatch(url)
    if parts is None:
        return "the URL"
    scheme, login, place, _ = parts.groups()
    user = _USER.match(login or "")
    return f"{scheme}://{f'{user[0]}@' if user else ''}{place}"
