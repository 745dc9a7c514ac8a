"""Reading leniently what vendors write."""

from __future__ import annotations

import pytest

from enrich_cli.providers.reading import day


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2021-06-01", "2021-06-01"),
        ("2021-6-1", "2021-06-01"),
        ("20210601", "2021-06-01"),
        (20210601, "2021-06-01"),
        ("2021-06-01T00:00:00Z", "2021-06-01"),
        ("2021-00-00", None),
        ("20210631", None),
        ("0000-00-00", None),
        ("2021", None),
        ("202106011", None),
        ("June", None),
        ("", None),
        (None, None),
        (0, None),
        ({"date": "2021-06-01"}, None),
    ],
)
def test_a_date_is_read_in_every_spelling(written: object, read: str | None) -> None:
    assert day({"at": written}, "at") == read
