"""A table that is made, or gets what it lacks."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, text

from enrich_cli.outputs.table_layout import Layout

_PATIENCE = {
    "postgresql": (text("SET LOCAL lock_timeout = '30s'"),),
    "mysql": (text("SET SESSION lock_wait_timeout = 30"),),
}
"""To change a table that somebody reads, these would wait for as long as that takes."""


def try_to_make(engine: Engine, layout: Layout) -> None:
    """Who may not make the table hears so before anything is paid for; PostgreSQL alone takes a table back."""
    with engine.connect() as connection:
        for statement in layout.making:
            connection.execute(statement)
        connection.rollback()


def make(engine: Engine, layout: Layout) -> None:
    """Make the table, or add what it lacks."""
    if engine.dialect.name == "sqlite":
        # Personal data is its owner's alone.
        Path(engine.url.database or "").touch(mode=0o600)
    with engine.begin() as connection:
        for statement in (*_PATIENCE.get(engine.dialect.name, ()), *layout.making):
            connection.execute(statement)
