"""Customers from a database: the rows of a table, or of a query."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain, islice
from typing import Any, Self

from sqlalchemy import Connection, CursorResult, Inspector, column, inspect, select, table, text
from sqlalchemy.exc import SQLAlchemyError

from enrich_cli.databases.engine import hang_up, open_engine
from enrich_cli.databases.errors import reason
from enrich_cli.databases.tables import (
    TableName,
    as_it_stands,
    is_somewhere,
    nowhere,
    table_found,
    table_named,
    tables_of,
)
from enrich_cli.databases.urls import shown
from enrich_cli.domain.row import SourceRow
from enrich_cli.domain.suggestion import closest
from enrich_cli.sources.cells import cells_of
from enrich_cli.sources.errors import SourceError
from enrich_cli.sources.headers import HeaderMap, map_headers
from enrich_cli.sources.records import Record, in_batches
from enrich_cli.sources.rows import Rows, Usable, anyone

_FETCHED_AT_ONCE = 500
_SHOWN_TABLES = 10
_ONLY_READ = "; a source is read by one SELECT, and never written"
_INTO_A_FILE = re.compile(
    r"\bINTO(?:\s|/\*M?!\d*|\*/|/\*.*?\*/|(?:--|#)[^\n]*\n)+(?:OUTFILE|DUMPFILE)\b", re.IGNORECASE | re.DOTALL
)
"""Queries that MySQL executes even in a read-only transaction; there may be comments between the words,
or around them.
"""
_CAN_NOT_BE_READ = (SQLAlchemyError, OSError, ValueError)
"""Drivers raise the last one if Python can't hold a value, such as text that is not in its encoding."""


class DatabaseRows:
    """A `Source`. The first row is read at once, the others lazily; close it after use.

    The server keeps the result and sends it in parts, inside one read-only transaction. Rows are counted from 1.
    """

    def __init__(
        self,
        url: str,
        *,
        table: str | None = None,
        query: str | None = None,
        overrides: Sequence[str] = (),
        usable: Usable = anyone,
    ) -> None:
        """Give either a `table`, with or without its schema, or a `query`.

        `overrides` are the texts of `--map`; `usable` says why a customer must be rejected. Raises DatabaseError for a
        URL that can't be used, SourceError if there is no table of customers behind it.
        """
        self._name = shown(url)
        self._engine = open_engine(url, read_only=True)
        self._connection: Connection | None = None
        self._open_result: CursorResult[Any] | None = None
        try:
            self._query = query.strip().rstrip(";") if query else self._query_of(table or "")
            result = self._result()
            self.columns = tuple(result.keys())
            self._refuse_twins()
            self._rest: Iterator[Record] | None = _with_first(self._records(result))
            header = self._mapped(overrides)
        except BaseException:
            self._hang_up()
            raise
        self.warnings = header.warnings
        self.has_id = header.id_column is not None
        self.mapping: Mapping[str, str] = header.named(self.columns)
        self._rows = Rows(header, len(self.columns), usable)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Disconnect, unless another thread is waiting for a row; closing it twice does nothing."""
        if not self._rows.are_being_read:
            self._hang_up()

    def _hang_up(self) -> None:
        if self._connection is not None:
            hang_up(self._connection, self._open_result)
        self._connection = self._open_result = None

    def rows_expected(self) -> int | None:
        """How many rows there are; None if the database does not say."""
        with suppress(*_CAN_NOT_BE_READ), self._engine.connect() as connection:
            counting = f"SELECT count(*) FROM ({self._query}) AS counted"  # noqa: S608 it is the user's own query
            return int(_executed(connection, counting).scalar_one())
        return None

    def __iter__(self) -> Iterator[SourceRow]:
        """The rows; raises SourceError if they can't be read any further."""
        records = self._rest or self._records(self._result())
        self._rest = None
        return self._rows.of(in_batches(records))

    def _result(self) -> CursorResult[Any]:
        self._hang_up()
        if self._engine.dialect.name == "mysql" and _INTO_A_FILE.search(self._query):
            raise SourceError(f"{self._name}: the query writes a file on the server{_ONLY_READ}")
        advice = ""
        try:
            self._connection = self._engine.connect().execution_options(stream_results=True, yield_per=_FETCHED_AT_ONCE)
            advice = _ONLY_READ
            self._open_result = result = _executed(self._connection, self._query)
        except _CAN_NOT_BE_READ as error:
            raise SourceError(f"{self._name}: {_said(error)}{advice}") from None
        if not result.returns_rows:
            raise SourceError(f"{self._name}: the query does not return rows: give one SELECT")
        return result

    def _records(self, result: CursorResult[Any]) -> Iterator[Record]:
        number = 0
        try:
            for number, row in enumerate(result, 1):
                yield number, cells_of(row), ""
        except _CAN_NOT_BE_READ as error:
            raise SourceError(f"{self._name}: broke off after row {number}: {_said(error)}") from None

    def _refuse_twins(self) -> None:
        """Refuse two columns with one name: outputs name columns, and could show only one of them."""
        for name, times in Counter(self.columns).items():
            if times > 1:
                places = " and ".join(str(place) for place, other in enumerate(self.columns, 1) if other == name)
                raise SourceError(f"{self._name}: columns {places} are both called {name!r}: rename one with AS")

    def _mapped(self, overrides: Sequence[str]) -> HeaderMap:
        try:
            return map_headers(self.columns, overrides)
        except SourceError as error:
            raise SourceError(f"{self._name}: {error}") from None

    def _query_of(self, name: str) -> str:
        """In the order of the primary key, if there is one, so that `--limit` takes the same rows each time."""
        try:
            with self._engine.connect() as connection:
                inspector = inspect(connection)
                schema, bare = self._found(inspector, name)
                keys = inspector.get_pk_constraint(bare, schema)["constrained_columns"]
        except SQLAlchemyError as error:
            raise SourceError(f"{self._name}: {_said(error)}") from None
        everything = select(text("*")).select_from(table(bare, schema=schema)).order_by(*map(column, keys))
        return as_it_stands(str(everything.compile(self._engine)), self._engine.dialect)

    def _found(self, inspector: Inspector, name: str) -> TableName:
        if found := table_found(inspector, name):
            return found
        schema = table_named(name).schema
        if not is_somewhere(inspector, schema):
            raise SourceError(nowhere(self._name, name))
        known = [f"{schema}.{table}" if schema else table for table in tables_of(inspector, schema)]
        meant = closest(name, known)
        listed = ", ".join(known[:_SHOWN_TABLES]) + (" and others" if len(known) > _SHOWN_TABLES else "")
        where = f" in {schema}" if schema else ""
        advice = f"did you mean {meant!r}?" if meant else f"there are {listed}" if known else f"there is none{where}"
        raise SourceError(f"{self._name}: there is no table {name!r}; {advice}")


def _with_first(records: Iterator[Record]) -> Iterator[Record]:
    """The result with its first row, since a query may fail only there."""
    first = list(islice(records, 1))
    return chain(first, records)


def _executed(connection: Connection, query: str) -> CursorResult[Any]:
    """The text as it stands: a colon or a percent sign in it does not mark a parameter."""
    return connection.execution_options(no_parameters=True).exec_driver_sql(query)


def _said(error: Exception) -> str:
    return reason(error) if isinstance(error, SQLAlchemyError) else f"a value can't be read ({type(error).__name__})"
