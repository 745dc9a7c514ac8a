"""A data type is done: ledger, enrichment, count and outcome are one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Finding, Known, content_of
from enrich_cli.domain.report import Count
from enrich_cli.domain.tier import Tier
from enrich_cli.providers.lookup import Response
from enrich_cli.store.ledger import LookupOutcome

if TYPE_CHECKING:
    from tests.store.conftest import Bench

PERSON, BUSINESS = DataType.PERSON, DataType.BUSINESS
USAGE = "SELECT month_year, enrichments_count, enrichments_limit, api_costs, tier FROM customer_enrichment_usage"
SAVED = "SELECT status, cached_at, expires_at FROM customer_enrichment_data"


def test_everything_that_follows_from_a_found_data_type_is_there_at_once(bench: Bench) -> None:
    with bench.run(run_id="now") as run:
        run.enrich(bench.customer(), cost=40)
    assert bench.sql(USAGE) == [("2026-11", 1, 50, 40, "free")]
    assert bench.sql("SELECT outcome, counted, at FROM run_customers") == [("enriched", 1, "2026-11-03T09:30:00.000Z")]
    assert bench.sql(SAVED) == [("found", "2026-11-03T09:30:00.000Z", "2026-11-10T09:30:00.000Z")]
    assert bench.sql("SELECT * FROM open_lookups") == []
    assert bench.sql("SELECT * FROM provider_lookups") == [
        (1, "now", "acme", "ada", "person", "clearbit", "found", 120, 0, 40, 0, "2026-11-03T09:30:00.000Z", "email")
    ]


def test_the_enrichment_comes_back_as_it_was_saved(bench: Bench) -> None:
    with bench.run() as run:
        run.enrich(bench.customer(), bench.found(job_title="Countess", city="Ockham"))
        run.end()
    with bench.run() as run:
        enrichment = run.plan(bench.customer()).fresh[PERSON]
    assert enrichment.data == {"job_title": "Countess", "city": "Ockham"}
    assert enrichment.provenance == {"job_title": "clearbit", "city": "clearbit"}
    assert (enrichment.source, enrichment.confidence) == ("clearbit", 0.9)
    assert (enrichment.cached_at, enrichment.expires_at) == (bench.now, bench.now + timedelta(days=7))


def test_a_customer_is_counted_once_with_the_first_type_found(bench: Bench) -> None:
    business = Finding(
        data_type=BUSINESS, source="google_places", confidence=0.8, content=content_of({"name": "Engines"})
    )
    with bench.run() as run:
        run.plan(bench.customer(), types=(PERSON, BUSINESS))
        run.finish(bench.customer(), bench.found(), lookups=[])
        assert bench.sql("SELECT outcome, counted FROM run_customers") == [(None, 1)]
        run.finish(bench.customer(), business, Count.ENRICHED, lookups=[])
    assert bench.sql("SELECT outcome, counted FROM run_customers") == [("enriched", 1)]
    assert bench.sql("SELECT enrichments_count FROM customer_enrichment_usage") == [(1,)]


@pytest.mark.parametrize("landed", [Count.NOT_FOUND, Count.FAILED])
def test_what_found_nothing_is_booked_and_not_counted(bench: Bench, landed: Count) -> None:
    with bench.run() as run:
        run.plan(bench.customer())
        run.ask(bench.question())
        run.answered(cost=30, doubt=10, answer=Response(404))
        finding = bench.nothing() if landed is Count.NOT_FOUND else None
        run.finish(bench.customer(), finding, landed, outcome=LookupOutcome.NOT_FOUND)
    assert bench.sql(USAGE) == [("2026-11", 0, 50, 40, "free")]
    assert bench.sql("SELECT outcome, counted, at FROM run_customers") == [(landed.value, 0, None)]
    assert bench.sql("SELECT outcome, cost, in_doubt FROM provider_lookups") == [("not_found", 30, 10)]


def test_a_month_of_free_lookups_stands_in_the_usage_like_any_other(bench: Bench) -> None:
    with bench.run() as run:
        run.plan(bench.customer())
        run.ask(bench.question())
        run.answered(cost=0, answer=Response(404))
        run.finish(bench.customer(), bench.nothing(), Count.NOT_FOUND, outcome=LookupOutcome.NOT_FOUND)
    assert bench.sql("SELECT substr(at, 1, 7), cost + in_doubt FROM provider_lookups") == [("2026-11", 0)]
    assert bench.sql(USAGE) == [("2026-11", 0, 50, 0, "free")]


def test_a_failure_never_replaces_data_that_is_there(bench: Bench) -> None:
    with bench.run() as run:
        run.enrich(bench.customer())
        run.end()
    before = bench.sql("SELECT * FROM customer_enrichment_data")
    with bench.run(refresh=True) as run:
        run.plan(bench.customer())
        run.finish(bench.customer(), None, Count.FAILED, lookups=[])
    assert bench.sql("SELECT * FROM customer_enrichment_data") == before


def test_a_refresh_that_finds_nothing_leaves_found_data_and_renews_its_times(bench: Bench) -> None:
    with bench.run() as run:
        run.enrich(bench.customer())
        run.end()
    bench.later(days=6)
    with bench.run(refresh=True) as run:
        run.plan(bench.customer())
        settled = run.finish(bench.customer(), bench.nothing(), Count.NOT_FOUND, lookups=[])
        run.end()
    assert settled.enrichment is not None
    assert (settled.enrichment.status, settled.enrichment.data) == (Known.FOUND, {"job_title": "Countess"})
    assert bench.sql(SAVED) == [("found", "2026-11-09T09:30:00.000Z", "2026-11-16T09:30:00.000Z")]
    assert bench.sql("SELECT enrichments_count FROM customer_enrichment_usage") == [(1,)]


def test_found_data_of_other_fields_gives_way_to_what_is_known_for_those_of_today(bench: Bench) -> None:
    with bench.run() as run:
        run.enrich(bench.customer())
        run.end()
    bench.later(days=6)
    with bench.run() as run:
        run.plan(bench.customer(name="Ada King"))
        settled = run.finish(bench.customer(name="Ada King"), bench.nothing(), Count.NOT_FOUND, lookups=[])
    assert settled.enrichment is not None
    assert settled.enrichment.status is Known.NOT_FOUND
    assert bench.sql(SAVED) == [("not_found", "2026-11-09T09:30:00.000Z", "2026-11-16T09:30:00.000Z")]
    assert bench.sql("SELECT enrichment_data, confidence_score FROM customer_enrichment_data") == [(None, None)]


def test_what_is_found_replaces_what_was_not(bench: Bench) -> None:
    with bench.run() as run:
        run.plan(bench.customer())
        run.finish(bench.customer(), bench.nothing(), Count.NOT_FOUND, lookups=[])
        run.end()
    with bench.run(refresh=True) as run:
        run.enrich(bench.customer())
    assert [status for status, *_ in bench.sql(SAVED)] == ["found"]


def test_a_customer_for_whom_a_cap_let_nothing_be_sent_leaves_no_row(bench: Bench) -> None:
    with bench.run() as run:
        run.plan(bench.customer())
        run.finish(bench.customer(), None, Count.OVER_QUOTA, lookups=[1])
    assert bench.sql("SELECT * FROM run_customers") == []


def test_a_lookup_of_which_nothing_was_sent_has_no_row_in_the_ledger(bench: Bench) -> None:
    with bench.run() as run:
        run.plan(bench.customer())
        run.ask(bench.question(2))
        run.answered(2, cost=40)
        settled = run.finish(bench.customer(), bench.found(), Count.ENRICHED, lookups=[1, 2])
    assert settled.booked == (None, (40, 0))
    assert bench.sql("SELECT COUNT(*) FROM provider_lookups") == [(1,)]


def test_a_lookup_that_is_finished_while_a_request_is_in_the_air_is_in_doubt_for_it(bench: Bench) -> None:
    with bench.run() as run:
        run.plan(bench.customer())
        run.ask(bench.question(most=100))
        settled = run.finish(bench.customer(), None, outcome=LookupOutcome.FAILED)
    assert settled.booked == ((0, 100),)


def test_a_charge_belongs_to_the_month_in_which_it_was_sent_a_count_to_that_of_its_saving(bench: Bench) -> None:
    bench.later(days=27, hours=14, minutes=29)
    with bench.run() as run:
        run.plan(bench.customer())
        run.ask(bench.question())
        bench.later(minutes=1)
        run.answered(cost=40, answer=Response(200))
        run.finish(bench.customer(), bench.found(), Count.ENRICHED)
    assert bench.sql(USAGE + " ORDER BY month_year") == [("2026-11", 0, 50, 40, "free"), ("2026-12", 1, 50, 0, "free")]


@pytest.mark.parametrize(("tier", "days"), [(Tier.PRO, 1), (Tier.ENTERPRISE, 0)])
def test_when_it_expires_is_what_the_tier_said_when_it_was_saved(bench: Bench, tier: Tier, days: int) -> None:
    bench.set_tier(tier)
    with bench.run() as run:
        run.enrich(bench.customer())
    assert bench.sql(SAVED) == [("found", "2026-11-03T09:30:00.000Z", f"2026-11-0{3 + days}T09:30:00.000Z")]
