"""A table that is made, or gets what it lacks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Dialect, Engine, Executable, false, select, text
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


def try_to_write(engine: Engine, layout: Layout) -> None:
    """Who may not make the table, or change it, hears so before anything is paid for, where that can be tried.

    Databases look at rights before they wait for anybody, and nobody has to wait for this.
    """
    at_once = _AT_ONCE.get(engine.dialect.name)
    if at_once is None:
        return
    with engine.connect() as connection:
        try:
            connection.execute(at_once)
            for statement in _trial(layout, engine.dialect):
                connection.execute(statement)
        except DBAPIError as error:
            if not _is_in_use(error):
                raise
        connection.rollback()


def _trial(layout: Layout, dialect: Dialect) -> Sequence[Executable]:
    """What needs the rights that writing needs, and leaves nothing changed when it is taken back."""
    key = layout.table.c.c0
    if layout.making and dialect.name == "postgresql":
        return layout.making
    if layout.is_new:
        # MySQL takes no table back, but looks at the rights of who prepares to make one.
        texts = [str(statement.compile(dialect=dialect)) for statement in layout.making]
        return [text("PREPARE making FROM :it").bindparams(it=one) for one in texts]
    if layout.making:
        return layout.changing_nothing
    if layout.is_view:
        return ()
    if dialect.name == "postgresql":
        # This also takes a key that can't be set.
        return [select(key).where(false()).with_for_update()]
    return [layout.table.update().where(false()).values({key: key})]


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
