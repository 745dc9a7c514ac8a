"""A store of an older version is brought up to date by whatever opens it first; a dry run does that to a copy."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.tier import Lifetimes, Tier
from enrich_cli.store import connection, file_checks, migrations
from enrich_cli.store.connection import open_for_reading
from enrich_cli.store.dry_books import open_dry_books
from enrich_cli.store.invariants import check_store
from enrich_cli.store.plan import Standing, Wish
from enrich_cli.store.reading import read_quota, read_tier
from enrich_cli.store.schema import MIGRATIONS
from enrich_cli.store.showing import stored_customers

if TYPE_CHECKING:
    from tests.store.conftest import Bench


def make(bench: Bench, *, version: int) -> None:
    """An empty store, as a version with so many migrations left it."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (connection, file_checks, migrations):
            patch.setattr(module, "MIGRATIONS", MIGRATIONS[:version])
        connection.open_for_writing(bench.path).close()


@pytest.fixture
def first_version(no_store: Bench) -> Bench:
    """As the first version left it."""
    make(no_store, version=1)
    return no_store


def use_quota(bench: Bench, count: int) -> None:
    """As if so many enrichments had been counted this month already; nothing is brought up to date by that."""
    bench.sql(
        "INSERT INTO customer_enrichment_usage (company_id, month_year, enrichments_count, tier)"
        " VALUES ('acme', '2026-11', ?, 'free')",
        count,
    )


def test_a_run_on_it_and_what_reads_it_afterwards_find_all_tables(first_version: Bench) -> None:
    with first_version.run() as run:
        run.enrich(first_version.customer())
        run.end()
    assert check_store(first_version.path, first_version.master, first_version.now) == []
    assert first_version.sql("SELECT name FROM _sqlite_migrations ORDER BY id") == [(name,) for name, _ in MIGRATIONS]


def test_what_only_reads_it_brings_it_up_to_date_first(first_version: Bench) -> None:
    with pytest.raises(Exception, match="no stored customer has this id"):
        stored_customers(
            first_version.path, "acme", "ada", keys=first_version.master, lifetimes=Lifetimes(), now=first_version.now
        )
    assert first_version.sql("SELECT COUNT(*) FROM company_access") == [(0,)]


def test_a_dry_run_says_what_would_happen_and_leaves_it_as_it_is(first_version: Bench) -> None:
    use_quota(first_version, 49)
    before = first_version.files()
    wishes = [
        Wish(customer=first_version.customer(name), line=2, types=(DataType.PERSON,), usable=frozenset(DataType))
        for name in ("ada", "bob")
    ]
    assert read_tier(first_version.path, "acme", migrate=False) is Tier.FREE
    with open_dry_books(first_version.path, first_version.master, first_version.run_plan()) as books:
        plans = books.plan(wishes, first_version.now)
    assert [plan.standing for plan in plans] == [Standing.RESERVED, Standing.FULL]
    assert first_version.files() == before


def test_where_it_can_not_be_written_it_is_read_all_the_same(first_version: Bench, denied: Callable[..., Any]) -> None:
    use_quota(first_version, 7)
    quota, _ = denied(read_quota, "acme", first_version.now)
    assert quota.used == 7


def test_who_asks_whether_a_company_key_opens_anything_in_it_changes_nothing(first_version: Bench) -> None:
    before = first_version.files()
    opened = open_for_reading(first_version.path, outdated=True)
    assert opened is not None
    with closing(opened):
        assert opened.execute("SELECT COUNT(*) FROM company_keys").fetchone() == (0,)
    assert first_version.files() == before


def test_what_was_not_well_before_failed_types_were_written_down_is_taken_for_failed(no_store: Bench) -> None:
    make(no_store, version=3)
    no_store.sql("INSERT INTO runs (run_id, company_id, command, state, sandbox, started_at)"
                 " VALUES ('old', 'acme', 'enrich', 'done', 0, '2026-11-03T09:00:00.000Z')")  # fmt: skip
    for customer, outcome in (("ada", "partial"), ("bob", "enriched")):
        no_store.sql("INSERT INTO run_customers VALUES ('old', 'acme', ?, ?, 1, '2026-11-03T09:00:02.000Z')",
                     customer, outcome)  # fmt: skip
        no_store.sql(
            "INSERT INTO customer_enrichment_data (company_id, customer_id, data_type, source, cached_at, expires_at,"
            " status, fingerprint, run_id) VALUES ('acme', ?, 'person', 'clearbit', '2026-11-03T09:00:02.000Z',"
            " '2026-11-10T09:00:02.000Z', 'found', x'00', 'old')",
            customer,
        )
    connection.open_for_writing(no_store.path).close()
    assert no_store.sql("SELECT customer_id, failed_types FROM run_customers") == [
        ("ada", '["business","social","property"]'),
        ("bob", None),
    ]


def test_who_was_counted_before_an_answer_that_they_share_was_not_counted_for_it(no_store: Bench) -> None:
    make(no_store, version=3)
    no_store.sql(
        "INSERT INTO answers (company_id, question, customer_id, provider, run_id, at, status, cost, in_doubt, body)"
        " VALUES ('acme', x'01', 'eve', 'clearbit', 'old', '2026-11-03T10:00:00.000Z', 200, 0, 0, x'00')"
    )
    for customer, hour in (("ada", 9), ("bob", 11)):
        no_store.sql(
            "INSERT INTO run_customers VALUES ('old', 'acme', ?, 'enriched', 1, ?)",
            *(customer, f"2026-11-03T{hour:02}:00:00.000Z"),
        )
        no_store.sql("INSERT INTO shared_answers VALUES ('acme', x'01', ?)", customer)
    connection.open_for_writing(no_store.path).close()
    assert no_store.sql("SELECT customer_id, run_id FROM shared_answers") == [("ada", None), ("bob", "old")]
