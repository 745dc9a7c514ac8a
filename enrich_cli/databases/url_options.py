"""The options after the ? of a database URL, checked by name where the driver would fail late or not say which."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from types import MappingProxyType

from sqlalchemy import URL

from enrich_cli.databases.errors import DatabaseError
from enrich_cli.databases.urls import shown

_YEAR_SECONDS = 365 * 24 * 3600
_FOR_PROGRAMS = frozenset(
    {"auth_plugin_map", "conv", "cursorclass", "defer_connect", "ssl"}  # PyMySQL
    | {"conninfo", "context", "cursor_factory", "prepare_threshold", "row_factory"}  # Psycopg
)
"""What only a program can give a driver, such as an object."""
_OF_EACH_HOST = frozenset({"host", "hostaddr", "port"})
"""PostgreSQL may be told several servers, of which one answers."""
_PORTS = range(1, 2**16)
_NUMBERS_OF_MYSQL = MappingProxyType(
    {
        "client_flag": range(2**31),
        "connect_timeout": range(1, _YEAR_SECONDS + 1),
        "read_timeout": range(1, _YEAR_SECONDS + 1),
        "write_timeout": range(1, _YEAR_SECONDS + 1),
    }
)
"""Of PostgreSQL's none need be listed: it names an option whose number it can't use."""
_FLAGS_OF_MYSQL = frozenset({"local_infile", "ssl_check_hostname"})
_YES_OR_NO = frozenset({"true", "yes", "on", "y", "t", "1", "false", "no", "off", "n", "f", "0"})
"""As SQLAlchemy reads them."""


def checked(text: str, url: URL) -> URL:
    """The URL, without an option that would change how text is read.

    Raises DatabaseError for an option that can't be used; it quotes no value. `text` is the URL as it was given.
    """
    is_mysql = url.get_backend_name() in ("mysql", "mariadb")
    for option, value in url.query.items():
        given = (value,) if isinstance(value, str) else value
        if wrong := _twice(option, given, is_mysql=is_mysql) or _wrong(option, given[0], is_mysql=is_mysql):
            raise DatabaseError(f"{shown(text)}: the option {option} after the ? {wrong}")
    return url.difference_update_query(["use_unicode"])


def _twice(option: str, given: Sequence[str], *, is_mysql: bool) -> str:
    several = len(given) > 1 and (is_mysql or option not in _OF_EACH_HOST)
    return "is given twice: leave one out" if several else ""


def _wrong(option: str, value: str, *, is_mysql: bool) -> str:
    """Why this value can't be used; nothing if it can, or if the driver tells."""
    if option in _FOR_PROGRAMS:
        return "can't be given in a URL: leave it out"
    # Of several servers, one without a port has the usual one.
    if option == "port" and not all(_is_in(_PORTS, port) for port in value.split(",") if port):
        return "must be a whole number, 1 to 65535"
    if not is_mysql:
        return ""
    numbers = _NUMBERS_OF_MYSQL.get(option)
    if numbers and not _is_in(numbers, value):
        return f"must be a whole number, {numbers[0]} to {numbers[-1]}"
    if option in _FLAGS_OF_MYSQL and value.strip().lower() not in _YES_OR_NO:
        return "must be true or false"
    if option == "charset" and not _is_charset(value):
        return "is no character set that the driver knows: leave it out, or give utf8mb4"
    return ""


def _is_in(numbers: range, text: str) -> bool:
    return text.isdecimal() and len(text) < 12 and int(text) in numbers


def _is_charset(name: str) -> bool:
    return importlib.import_module("pymysql.charset").charset_by_name(name) is not None
