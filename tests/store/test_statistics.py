"""What the books tell of past months, dead runs included."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.money import Money
from enrich_cli.domain.report import Count
from enrich_cli.domain.statistics import Activity, Lookups, ProviderId, Statistics
from enrich_cli.domain.tier import Tier
from enrich_cli.gateway.journal import Ruling
from enrich_cli.providers.lookup import Response
from enrich_cli.store.ledger import LookupOutcome
from enrich_cli.store.statistics import read_statistics

if TYPE_CHECKING:
    from tests.store.conftest import Bench, OpenRun

CLEARBIT = ProviderId(DataType.PERSON, "clearbit")


def statistics(bench: Bench, company: str = "acme", since: str = "") -> Statistics:
    return read_statistics(bench.path, company, bench.now, since=since)


def miss(bench: Bench, run: OpenRun, name: str, *, lookup: int, cost: int) -> None:
    """A customer of whom nothing is found."""
    customer = bench.customer(name)
    run.plan(customer)
    run.ask(bench.question(lookup, text=f"who is {name}?", customer_id=name))
    run.answered(lookup, cost=cost, answer=Response(404, b"{}"))
    run.finish(customer, bench.nothing(), Count.NOT_FOUND, lookups=[lookup], outcome=LookupOutcome.NOT_FOUND)


def end(run: OpenRun, bench: Bench, **counts: int) -> None:
    with run.books.transaction():
        run.books.end("done", json.dumps(counts), bench.now)


@pytest.fixture
def two_months(bench: Bench) -> Bench:
    """One customer found in November, one not; in December, on tier pro, one found and three served."""
    with bench.run() as run:
        run.enrich(bench.customer("ada"), cost=40)
        miss(bench, run, "bob", lookup=2, cost=20)
        end(run, bench, enriched=1, not_found=1, cached=0)
    bench.later(days=30)
    bench.set_tier(Tier.PRO)
    with bench.run() as run:
        run.enrich(bench.customer("cid"), cost=50)
        end(run, bench, enriched=1, cached=3)
    return bench


def test_each_month_has_its_tier_its_count_and_its_costs(two_months: Bench) -> None:
    november, december = statistics(two_months).months
    assert (november.month, november.tier, november.limit) == ("2026-11", Tier.FREE, 50)
    assert november.activity == Activity(
        enrichments=1, api_costs=Money(60), tried=2, succeeded=1, served=0, looked_up=2
    )
    assert (december.month, december.tier, december.limit) == ("2026-12", Tier.PRO, 500)
    assert december.activity == Activity(
        enrichments=1, api_costs=Money(50), tried=1, succeeded=1, served=3, looked_up=1
    )


def test_each_provider_has_its_lookups_by_month(two_months: Bench) -> None:
    assert statistics(two_months).lookups == {
        ("2026-11", CLEARBIT): Lookups(found=1, not_found=1, latencies={120: 2}, cost=Money(60)),
        ("2026-12", CLEARBIT): Lookups(found=1, latencies={120: 1}, cost=Money(50)),
    }


def test_since_a_month_what_was_before_is_not_read(two_months: Bench) -> None:
    late = statistics(two_months, since="2026-12")
    assert late == statistics(two_months).since("2026-12")
    assert [month.month for month in late.months] == ["2026-12"]


def test_the_current_month_is_there_though_nothing_happened_in_it(two_months: Bench) -> None:
    two_months.later(days=31)
    january = statistics(two_months).months[-1]
    assert (january.month, january.tier, january.activity) == ("2027-01", Tier.PRO, Activity())


def test_another_company_has_figures_of_its_own(two_months: Bench) -> None:
    other = statistics(two_months, "rival")
    assert (other.lookups, other.total, other.months[0].tier) == ({}, Activity(), Tier.FREE)


def test_without_a_store_nothing_happened_and_none_is_made(no_store: Bench) -> None:
    assert statistics(no_store).total == Activity()
    assert no_store.files() == {}


@pytest.fixture
def died(bench: Bench) -> Bench:
    """One customer is found; then the run dies with a request in the air and a lookup between two requests."""
    with bench.run(run_id="died") as run:
        run.enrich(bench.customer("ada"), cost=40)
        for lookup, name in ((2, "bob"), (3, "cid")):
            run.plan(bench.customer(name))
            question = bench.question(lookup, text=f"who is {name}?", customer_id=name, most=30)
            assert run.ask(question) is Ruling.SEND
        run.answered(3, cost=10, answer=Response(200, b"{}"))
    return bench


AS_RECOVERED = {
    ("2026-11", CLEARBIT): Lookups(found=1, failed=2, latencies={120: 1}, cost=Money(50), in_doubt=Money(30))
}


def test_what_a_dead_run_had_in_the_air_is_booked_where_the_store_can_be_written(died: Bench) -> None:
    known = statistics(died)
    assert known.lookups == AS_RECOVERED
    assert known.total == Activity(enrichments=1, api_costs=Money(80), tried=1, succeeded=1)
    assert died.sql("SELECT state FROM runs") == [("crashed",)]


def test_on_a_read_only_file_the_figures_are_as_if_recovered(died: Bench, denied: Callable[..., Any]) -> None:
    known = denied(read_statistics, "acme", died.now)
    assert died.sql("SELECT state FROM runs") == [("running",)]
    assert known == statistics(died)


def test_what_a_live_run_has_in_the_air_is_not_booked_yet(bench: Bench) -> None:
    with bench.run() as run:
        run.plan(bench.customer())
        run.ask(bench.question())
        known = statistics(bench)
    assert (known.lookups, known.total, known.quota.reserved) == ({}, Activity(), 1)


@pytest.mark.parametrize("landed", [Count.OVER_QUOTA, Count.SUPPRESSED])
def test_customers_of_whom_nobody_was_asked_were_not_tried(bench: Bench, landed: Count) -> None:
    with bench.run() as run:
        run.plan(bench.customer())
        run.finish(bench.customer(), None, landed, lookups=[])
        run.end()
    assert statistics(bench).total.tried == 0
