"""A table that is made, or gets what it lacks."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, Executable, false, select, text

from enrich_cli.outputs.table_layout import Layout

_PATIENCE = {
    "postgresql": (text("SET LOCAL lock_timeout = '30s'"),),
    "mysql": (text("SET SESSION lock_wait_timeout = 30"),),
}
"""To change a table that somebody reads, these would wait for as long as that takes."""


def try_to_write(engine: Engine, layout: Layout) -> None:
    """Who may not make or change the table hears so before anything is paid for, and nothing is changed."""
    with engine.connect() as connection:
        if not layout.is_new:
            connection.execute(_of_no_row(layout, engine.dialect.name))
        elif engine.dialect.name == "postgresql":
            for statement in layout.making:
                connection.execute(statement)
        elif engine.dialect.name == "mysql":
            # It takes no table back, but looks at the rights of who prepares to make one.
            for statement in layout.making:
                connection.execute(text("PREPARE making FROM :it"), {"it": str(statement.compile(engine))})
        connection.rollback()


def _of_no_row(layout: Layout, dialect: str) -> Executable:
    key = layout.table.c.c0
    if dialect == "postgresql":
        # It asks for the same rights, and takes a key that can't be set, too.
        return select(key).where(false()).with_for_update()
    return layout.table.update().where(false()).values({key: key})


def make(engine: Engine, layout: Layout) -> None:
    """Make the table, or add what it lacks."""
    if engine.dialect.name == "sqlite":
        # Personal data is its owner's alone.
        Path(engine.url.database or "").touch(mode=0o600)
    with engine.begin() as connection:
        for statement in (*_PATIENCE.get(engine.dialect.name, ()), *layout.making):
            connection.execute(statement)
