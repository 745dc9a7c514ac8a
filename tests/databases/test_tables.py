"""Names of tables, as people write them."""

from __future__ import annotations

import pytest

from enrich_cli.databases.tables import table_named


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("contacts", (None, "contacts")),
        ("crm.contacts", ("crm", "contacts")),
        ("my crm.My Contacts", ("my crm", "My Contacts")),
        ('"my.crm"."My ""best"" contacts"', ("my.crm", 'My "best" contacts')),
        ("crm.`my.contacts`", ("crm", "my.contacts")),
        ("a.b.c", ("a.b", "c")),
        ('"', (None, '"')),
        ("", (None, "")),
    ],
)
def test_what_stands_before_the_last_dot_is_the_schema(text: str, name: tuple[str | None, str]) -> None:
    assert table_named(text) == name
