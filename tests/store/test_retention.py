"""What is older than it may be kept goes; what was counted and paid stays."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from enrich_cli.domain.report import Count
from enrich_cli.providers.lookup import Response
from enrich_cli.store import retention
from enrich_cli.store.invariants import check_store
from enrich_cli.store.ledger import LookupOutcome
from enrich_cli.store.plan import Standing
from enrich_cli.store.retention import Purged, purge

if TYPE_CHECKING:
    from tests.store.conftest import Bench


@pytest.fixture
def aged(bench: Bench) -> Bench:
    """`ada` was enriched 30 days ago, `bob` 10 days ago; `rival` has an `ada` of that age, too."""
    for company, name, days in (("acme", "ada", 0), ("rival", "ada", 0), ("acme", "bob", 20)):
        bench.later(days=days)
        with bench.run(company=company) as run:
            run.enrich(bench.customer(name))
            run.end()
    bench.later(days=10)
    return bench


def purged(bench: Bench, days: float) -> Purged:
    return purge(bench.path, "acme", bench.now - timedelta(days=days), bench.now)


def left(bench: Bench, table: str, company: str = "acme") -> list[str]:
    return [one for (one,) in bench.sql(f"SELECT customer_id FROM {table} WHERE company_id = ?", company)]


def test_what_is_older_is_gone_and_the_rest_is_not(aged: Bench) -> None:
    result = purged(aged, 20)
    assert (result.enrichments, result.answers, result.customers, result.erased) == (1, 1, 1, True)
    for table in ("customers", "customer_enrichment_data", "answers"):
        assert left(aged, table) == ["bob"]


def test_whoever_an_answer_that_stays_is_about_can_still_be_found_by_it(bench: Bench) -> None:
    with bench.run() as run:
        ada = bench.customer("ada")
        run.plan(ada)
        run.ask(bench.question())
        bench.later(days=1)
        run.answered(answer=Response(404))
        run.finish(ada, None, Count.FAILED, outcome=LookupOutcome.FAILED)
        run.end()
    bench.later(days=10)
    assert purged(bench, 10.5).customers == 0
    assert left(bench, "answers") == left(bench, "customers") == ["ada"]
    assert purged(bench, 9).customers == 1
    assert left(bench, "answers") == left(bench, "customers") == []


def test_other_companies_keep_theirs(aged: Bench) -> None:
    purged(aged, 0)
    for table in ("customers", "customer_enrichment_data", "answers"):
        assert (left(aged, table), left(aged, table, "rival")) == ([], ["ada"])


def test_data_whose_time_is_earlier_than_that_of_its_count_may_be_gone_too(aged: Bench) -> None:
    aged.sql("UPDATE customer_enrichment_data SET cached_at = '2020-01-01T00:00:00.000Z' WHERE customer_id = 'bob'")
    assert purged(aged, 365).enrichments == 1
    assert check_store(aged.path, aged.master, aged.now) == []


def test_what_is_lost_later_than_what_was_purged_is_still_seen(aged: Bench) -> None:
    purged(aged, 20)
    aged.sql("DELETE FROM customer_enrichment_data WHERE company_id = 'acme'")
    assert len(check_store(aged.path, aged.master, aged.now)) == 1


@pytest.mark.parametrize("batch", [1, 2000])
def test_counts_and_costs_outlive_it_and_the_store_is_whole(
    aged: Bench, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(retention, "_ROWS_A_BATCH", batch)
    query = "SELECT * FROM customer_enrichment_usage"
    books = (aged.sql(query), aged.sql("SELECT * FROM provider_lookups"), aged.sql("SELECT * FROM run_customers"))
    purged(aged, 0)
    assert books == (
        aged.sql(query),
        aged.sql("SELECT * FROM provider_lookups"),
        aged.sql("SELECT * FROM run_customers"),
    )
    assert check_store(aged.path, aged.master, aged.now) == []


def test_data_that_vanishes_otherwise_is_a_fault_still(aged: Bench) -> None:
    purged(aged, 20)
    aged.sql("DELETE FROM customer_enrichment_data WHERE customer_id = 'bob'")
    (line,) = check_store(aged.path, aged.master, aged.now)
    assert "counted customer bob, but nothing is saved" in line


def test_an_earlier_cutoff_afterwards_forgets_nothing_of_the_later_one(aged: Bench) -> None:
    purged(aged, 0)
    purged(aged, 20)
    assert check_store(aged.path, aged.master, aged.now) == []


def test_a_customer_with_younger_data_keeps_its_fields(aged: Bench) -> None:
    aged.sql("UPDATE customer_enrichment_data SET cached_at = '2027-01-01T00:00:00.000Z' WHERE customer_id = 'ada'")
    assert purged(aged, 0).customers == 1
    assert left(aged, "customers") == ["ada"]


def test_who_is_just_being_looked_up_stays(aged: Bench) -> None:
    with aged.run() as run:
        run.plan(aged.customer("cyd"))
        aged.later(days=1)
        purged(aged, 0)
        assert left(aged, "customers") == ["cyd"]
        run.end()


def test_an_answer_shared_with_somebody_leaves_no_trace_of_that(aged: Bench) -> None:
    with aged.run() as run:
        run.recall(aged.question(text="who is bob?", customer_id="cyd"))
        run.end()
    assert aged.sql("SELECT * FROM shared_answers") != []
    purged(aged, 0)
    assert aged.sql("SELECT * FROM shared_answers") == []


def test_objections_stay(aged: Bench) -> None:
    aged.sql("INSERT INTO objections VALUES ('acme', x'00', '2020-01-01T00:00:00.000Z')")
    purged(aged, 0)
    assert aged.sql("SELECT COUNT(*) FROM objections") == [(1,)]


def test_its_bytes_are_gone_from_the_disk(aged: Bench) -> None:
    ((sealed,),) = aged.sql("SELECT fields FROM customers WHERE company_id = 'acme' AND customer_id = 'ada'")
    purged(aged, 20)
    assert sealed[:32] not in b"".join(aged.files().values())


def test_a_purged_customer_is_looked_up_like_a_new_one(aged: Bench) -> None:
    purged(aged, 0)
    assert aged.standing("ada") is Standing.RESERVED
