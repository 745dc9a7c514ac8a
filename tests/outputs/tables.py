"""Rows for tables of databases, and what tests ask these."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import text

from enrich_cli.databases.engine import open_engine
from enrich_cli.domain.customer import Customer, CustomerId
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Result
from enrich_cli.domain.report import Count
from enrich_cli.domain.row import Finished, Row
from enrich_cli.outputs.columns import Columns
from enrich_cli.outputs.database_table import DatabaseTable

INPUT = ("email", "notes")


def sql(url: str, statement: str, **values: object) -> list[Any]:
    with open_engine(url, read_only=False).begin() as connection:
        result = connection.execute(text(statement), values)
        return [tuple(row) for row in result] if result.returns_rows else []


def writer(url: str, **options: Any) -> DatabaseTable:
    columns = Columns(options.pop("input_names", INPUT), (DataType.PERSON, DataType.BUSINESS), has_id=False)
    defaults = {"name": "enriched", "id_column": None}
    return DatabaseTable(url, columns=columns, **{**defaults, **options})


def put(url: str, *rows: Finished, **options: Any) -> None:
    table = writer(url, **options)
    for row in rows:
        table.write(row)
    table.close()


def customer(number: int, cells: Sequence[str], result: Result | None = None) -> Finished:
    shown = f"c{number}"
    row = Row(number, cells, Customer(id=CustomerId(shown), email=f"{shown}@acme.com"))
    return Finished(row, Count.ENRICHED, {DataType.PERSON: result} if result else {}, shown)
