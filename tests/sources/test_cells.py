"""Values of a database as texts."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from enrich_cli.domain.row import HexCell, JsonCell
from enrich_cli.sources.cells import cells_of


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (" as it is\n", " as it is\n"),
        (True, "true"),
        (2138, "2138"),
        (4930123456.0, "4930123456"),
        (0.25, "0.25"),
        (1e20, "100000000000000000000"),
        (1e-7, "0.0000001"),
        (-0.5, "-0.5"),
        (float("nan"), "NaN"),
        (float("-inf"), "-Infinity"),
        ([0.5, float("nan"), [float("inf"), None]], '[0.5,"NaN",["Infinity",null]]'),
        ({"a": 2**64, "b": float("nan")}, '{"a":18446744073709551616,"b":"NaN"}'),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.10"), "0.10"),
        (date(2026, 11, 25), "2026-11-25"),
        (datetime(2026, 11, 25, 9, 30, tzinfo=UTC), "2026-11-25T09:30:00+00:00"),
        (time(9, 30), "09:30:00"),
        (timedelta(hours=9), "09:00:00"),
        (timedelta(hours=-838, minutes=-59, seconds=-59, milliseconds=-500), "-838:59:59.500000"),
        ("Zoë".encode(), "Zoë"),
        (memoryview(b"\xff\x00"), "ff00"),
        (["a", Decimal("0.10")], '["a","0.10"]'),
        ({"a": None}, '{"a":null}'),
        ([JsonCell('{"a":1.10}'), None, "1.10"], '[{"a":1.10},null,"1.10"]'),
        ({"a": 2**64, "b": Decimal("0.10"), "c": "\ud83d"}, '{"a":18446744073709551616,"b":"0.10","c":"\\ud83d"}'),
        (UUID(int=7), "00000000-0000-0000-0000-000000000007"),
    ],
)
def test_a_value_is_what_a_csv_file_would_hold(value: object, text: str) -> None:
    assert cells_of([value]) == [text]


def test_bytes_that_are_no_text_can_be_told_from_text() -> None:
    assert [type(cell) for cell in cells_of([b"\xff\x00", b"ff00", "ff00"])] == [HexCell, str, str]
