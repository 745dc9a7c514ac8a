"""A table that is made, or gets what it lacks."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from enrich_cli.outputs.table_layout import Layout

_PATIENCE = {
    "postgresql": (text("SET LOCAL lock_timeout = '30s'"),),
    "mysql": (text("SET SESSION lock_wait_timeout = 30"),),
}
"""To change a table that somebody reads, these would wait for as long as that takes."""
_AT_ONCE = {
    "postgresql": text("SET LOCAL lock_timeout = '1ms'"),
    "mysql": text("SET SESSION lock_wait_timeout = 1"),
}
"""As short as it can be; MySQL counts seconds."""


def try_to_make(engine: Engine, layout: Layout) -> None:
    """Who may not make the table, or change it, hears so before anything is paid for, where that can be tried.

    PostgreSQL takes back what was made. MySQL does not, but tells by a change of nothing who may change a table. Both
    look at rights before they wait for anybody, and nobody has to wait for this.
    """
    at_once = _AT_ONCE.get(engine.dialect.name)
    trial = layout.making if engine.dialect.name == "postgresql" else layout.changing_nothing
    if at_once is None or not layout.making or not trial:
        return
    with engine.connect() as connection:
        try:
            connection.execute(at_once)
            for statement in trial:
                connection.execute(statement)
        except DBAPIError as error:
            if not _is_in_use(error):
                raise
        connection.rollback()


def _is_in_use(error: DBAPIError) -> bool:
    cause = error.orig
    return getattr(cause, "sqlstate", None) == "55P03" or (cause is not None and cause.args[:1] == (1205,))


def make(engine: Engine, layout: Layout) -> None:
    """Make the table, or add what it lacks."""
    if engine.dialect.name == "sqlite":
        # Personal data is its owner's alone.
        Path(engine.url.database or "").touch(mode=0o600)
    with engine.begin() as connection:
        for statement in (*_PATIENCE.get(engine.dialect.name, ()), *layout.making):
            connection.execute(statement)
