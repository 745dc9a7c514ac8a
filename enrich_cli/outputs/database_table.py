"""Rows into a database table: inserted, or updated by their customer's id, in batches."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, inspect
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from tenacity import Retrying, retry_if_exception, stop_after_attempt

from enrich_cli.databases.engine import open_engine
from enrich_cli.databases.errors import (
    DatabaseError,
    is_about_a_row,
    is_in_use,
    lost_to_another,
    reason,
    told_clearly,
)
from enrich_cli.databases.sqlite_files import refuse_unwritable
from enrich_cli.databases.tables import is_somewhere, nowhere, same_table, table_found, table_named, tables_of
from enrich_cli.databases.urls import shown
from enrich_cli.domain.row import Finished
from enrich_cli.outputs.columns import Columns, stands_in_output
from enrich_cli.outputs.errors import OutputError, WritingFailed, broken_off
from enrich_cli.outputs.table_layout import Layout, layout_of, new_layout
from enrich_cli.outputs.table_making import make, try_to_write
from enrich_cli.outputs.table_refusals import refusal_among
from enrich_cli.outputs.table_values import bound, cell_for, key_for
from enrich_cli.outputs.table_writing import Left, Values, write_rows

_ROWS_A_BATCH = 500
_CHARACTERS_A_BATCH = 4_000_000
"""Counted in the cells of the rows' own columns."""
_TRIES = 3
"""How often to try to make a table that others are making too, or to write rows that others are writing too."""
_FIRST_LOOK_SECONDS = 5
"""How long to wait for a locked SQLite file when a run begins: it can be started again, as nothing is paid for yet."""
_AGAIN = Retrying(stop=stop_after_attempt(_TRIES), retry=retry_if_exception(lost_to_another), reraise=True)


class DatabaseTable:
    """A `Writer` whose rows are committed in batches; writing the same rows again changes nothing.

    The table is made with the first batch if it does not exist. Rejected rows without an id are left out: nothing would
    tell them apart.
    """

    def __init__(
        self,
        url: str,
        name: str,
        columns: Columns,
        *,
        id_column: str | None,
        source_table: str | None = None,
        plan_only: bool = False,
    ) -> None:
        """Check the table, and whether it can be made or changed as needed; nothing is changed yet.

        `id_column`: the name of the input's id column. `source_table`: the table of the same database that the rows
        come from; if they go back to it, the input's own columns are not written. `plan_only`: as for `try_to_write`.
        Raises DatabaseError, and OutputError for a table without a column for the id.
        """
        self._url = url
        self._columns = columns
        self._name = name
        self._id_column = id_column
        self._source_table = source_table
        self._engine = open_engine(url, read_only=False)
        self._dialect = self._engine.dialect.name
        with told_clearly(url):
            self._layout = self._found(_FIRST_LOOK_SECONDS)
        with told_clearly(url, f"; --output-table {name} must be a table that you may read, insert into and update"):
            try_to_write(self._engine, self._layout, plan_only=plan_only)
        names = columns.input_names
        self._id_place = names.index(id_column) if self._layout.is_source and id_column in names else None
        self._ready = False
        self._missed = self._alike = 0
        self._batch: dict[str, Finished] = {}
        self._characters = self._written = 0

    @property
    def losses(self) -> Sequence[str]:
        """Rows of the source's own table that could not be told apart or no longer exist, and rows left out."""
        told = []
        if self._missed:
            what = "1 row of the table was" if self._missed == 1 else f"{self._missed:,} rows of the table were"
            told.append(f"{what} not found again by the id, so nothing was written there")
        if self._alike:
            what = "1 row was" if self._alike == 1 else f"{self._alike:,} rows were"
            told.append(
                f"{what} not written: the key of table {self._name} takes the id for another's, such as a1 for A1; "
                "use a table whose key tells them apart"
            )
        return tuple(told)

    def write(self, finished: Finished) -> None:
        """Add a row; raises WritingFailed."""
        if not stands_in_output(finished):
            return
        cells = self._columns.input_cells(finished)
        key = finished.customer_id if self._id_place is None else cells[self._id_place]
        if not key.strip():
            self._missed += self._layout.is_source
            return
        self._batch[key] = finished
        self._characters += sum(map(len, cells))
        if len(self._batch) == _ROWS_A_BATCH or self._characters > _CHARACTERS_A_BATCH:
            self._write_batch()

    def close(self) -> None:
        self._write_batch()

    def discard(self) -> None:
        """Committed rows stay: those that were finished."""
        self._batch = {}

    def _found(self, busy_seconds: float | None = None) -> Layout:
        """The table as it is. `busy_seconds`: how long to wait for a locked SQLite file, if not as long as to write."""
        schema, table = table_named(self._name)
        if self._dialect == "sqlite":
            file = Path(self._engine.url.database or "")
            refuse_unwritable(file)
            # Looking into it would make it.
            if not file.exists():
                return new_layout(table, schema, self._columns)
        with self._engine.connect() as connection:
            if self._dialect == "sqlite" and busy_seconds is not None:
                connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(busy_seconds * 1000)}")
            return self._found_by(connection, schema, table)

    def _found_by(self, connection: Connection, schema: str | None, table: str) -> Layout:
        name, inspector = self._name, inspect(connection)
        if not is_somewhere(inspector, schema):
            raise OutputError(nowhere(shown(self._url), name))
        if schema and schema not in inspector.get_schema_names():
            raise OutputError(f"--output-table {name}: there is no schema {schema!r}; create it, or give another table")
        found = table_found(inspector, name)
        if found is None:
            self._refuse_another(tables_of(inspector, schema), table)
            return new_layout(table, schema, self._columns)
        source = table_found(inspector, self._source_table) if self._source_table else None
        is_source = source is not None and same_table(inspector, source, found)
        return layout_of(connection, found, self._columns, id_column=self._id_column, is_source=is_source)

    def _refuse_another(self, there: Sequence[str], table: str) -> None:
        """SQL ignores the case of unquoted names, and so do people."""
        alike = next((name for name in there if name.casefold() == table.casefold()), None)
        if alike and not self._name.endswith(('"', "`")):
            raise OutputError(
                f"--output-table {self._name}: there is a table {alike}: write its name like that, or put the name in "
                "double quotes to make another one"
            )

    def _make(self) -> None:
        """Make what is missing in the table as it is by now: another run may have made the same, or part of it."""
        failed: SQLAlchemyError | None = None
        for _ in range(_TRIES):
            self._layout = self._found()
            if not self._layout.making:
                return
            try:
                make(self._engine, self._layout)
            except SQLAlchemyError as error:
                failed = error
                if is_in_use(error):
                    break
        if failed:
            raise failed

    def _write_batch(self) -> None:
        rows = []
        try:
            if not self._ready:
                self._make()
                self._ready = True
            if rows := [self._row(*one) for one in self._batch.items()]:
                left = _AGAIN(self._commit, rows)
                self._missed += left.missing
                self._alike += left.alike
        except (OutputError, DatabaseError) as error:
            # When the run began, it could be used.
            raise WritingFailed(f"{error}; {self._written} rows were written before that") from None
        except OSError as error:
            raise broken_off(shown(self._url), error) from None
        except (SQLAlchemyError, UnicodeEncodeError) as error:
            why = self._why(error, rows)
            raise WritingFailed(f"{shown(self._url)}: {why}; {self._written} rows were written before that") from None
        self._written += len(self._batch)
        self._batch, self._characters = {}, 0

    def _commit(self, rows: Sequence[Values]) -> Left:
        with self._engine.begin() as connection:
            return write_rows(connection, self._layout, rows)

    def _why(self, error: SQLAlchemyError | UnicodeEncodeError, rows: Sequence[Values]) -> str:
        """What went wrong, and for which row of the source."""
        if isinstance(error, UnicodeEncodeError):
            return "the character set that its URL asks for lacks a character of a row: leave that option out"
        if isinstance(error, DBAPIError) and is_about_a_row(error):
            with suppress(SQLAlchemyError):
                if refusal := refusal_among(self._engine, self._layout, rows):
                    self._written += refusal.place if refusal.rows_stay else 0
                    row = list(self._batch.values())[refusal.place].row
                    return f"the row on line {row.line} is refused: {refusal.said}"
        return reason(error)

    def _row(self, key: str, finished: Finished) -> Values:
        cells = self._columns.input_cells(finished)
        layout, dialect = self._layout, self._dialect
        learned = (key_for(layout.key_column, key), finished.count.value, *self._columns.learned(finished))
        columns = layout.table.c.keys()
        row = {
            column: bound(value, dialect, as_text=column in layout.texts, as_array=column in layout.arrays)
            for column, value in zip(columns, learned, strict=False)
        }
        own = (cell_for(column, cells[place], dialect) for place, column in layout.own.items())
        return row | dict(zip(columns[len(learned) :], own, strict=True))
