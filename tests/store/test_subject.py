"""The report for a person: everything that is stored of them, and nothing of anybody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from enrich_cli.domain.report import Count
from enrich_cli.providers.lookup import Response
from enrich_cli.store.errors import StoreError
from enrich_cli.store.forgetting import Objector, forget_people
from enrich_cli.store.subject import SubjectReport, report_on

if TYPE_CHECKING:
    from pathlib import Path

    from tests.store.conftest import Bench


@pytest.fixture
def stocked(bench: Bench) -> Bench:
    """`ada` under two ids, and `bob`, whose answer served her, too."""
    ada, twin, bob = bench.customer("ada", name="Ada King"), bench.customer("crm-7", email="ada@example.com"), "bob"
    with bench.run(run_id="first") as run:
        run.enrich(bench.customer(bob), lookup=1)
        run.plan(ada)
        run.recall(bench.question(2, text="who is bob?", customer_id="ada"))
        run.ask(bench.question(3, fields=frozenset({"email", "name"})))
        run.answered(3, cost=40, answer=Response(200, b'{"says": "Countess"}'))
        run.finish(ada, bench.found(job_title="Countess"), Count.ENRICHED, lookups=[3])
        run.plan(twin)
        run.ask(bench.question(4, text="and crm-7?", customer_id="crm-7", provider="hunter"))
        run.answered(4, answer=Response(404, b"no"))
        run.finish(twin, bench.nothing(), Count.NOT_FOUND, lookups=[4])
        run.end()
    return bench


def report(bench: Bench, text: str = "ada", path: Path | None = None) -> SubjectReport:
    return report_on(path or bench.path, "acme", text, keys=bench.master, now=bench.now)


@pytest.mark.parametrize("text", ["ada", "crm-7", "ADA@example.com", "Ada King"])
def test_by_whatever_they_are_called_it_is_all_that_they_are(stocked: Bench, text: str) -> None:
    found = report(stocked, text)
    assert {record.customer.id.shown for record in found.records} == {"ada", "crm-7"}
    assert found.objected_at is None


def test_it_holds_fields_and_data_with_sources_and_times(stocked: Bench) -> None:
    (ada,) = (record for record in report(stocked).records if record.customer.id.shown == "ada")
    (known,) = ada.enrichments
    assert ada.customer.values() == {"name": "Ada King", "email": "ada@example.com"}
    assert (known.data, known.provenance) == ({"job_title": "Countess"}, {"job_title": "clearbit"})
    assert ada.seen_at == known.cached_at == stocked.now


def test_it_tells_which_fields_went_to_whom_when(stocked: Bench) -> None:
    sent = [(one.provider, list(one.fields), one.outcome, one.at) for one in report(stocked).disclosures]
    assert sent == [
        ("clearbit", ["email", "name"], "found", stocked.now),
        ("hunter", ["email"], "found", stocked.now),
    ]


def test_what_is_on_its_way_to_a_provider_is_told_as_well(stocked: Bench) -> None:
    stocked.later(minutes=1)
    with stocked.run(run_id="live", refresh=True) as run:
        run.plan(stocked.customer("ada"))
        run.ask(stocked.question(9, text="again?"))
        assert [one.outcome for one in report(stocked).disclosures] == ["found", "found", "under way"]
        run.end()


def test_it_holds_the_answers_as_they_came_and_those_that_were_shared(stocked: Bench) -> None:
    answers = {(one.provider, one.status, one.body) for one in report(stocked).answers}
    assert answers == {("clearbit", 200, b"{}"), ("clearbit", 200, b'{"says": "Countess"}'), ("hunter", 404, b"no")}


def test_it_names_the_runs(stocked: Bench) -> None:
    runs = {(one.run_id, one.outcome, one.counted, one.at) for one in report(stocked).runs}
    assert runs == {("first", "enriched", True, stocked.now), ("first", "not_found", False, None)}


def test_nothing_of_anybody_else_is_in_it(stocked: Bench) -> None:
    assert "bob" not in repr(report(stocked))
    assert {record.customer.id.shown for record in report(stocked, "bob").records} == {"bob"}


def test_of_somebody_forgotten_it_tells_when_they_objected_and_nothing_more(stocked: Bench) -> None:
    forget_people(stocked.path, "acme", [Objector("ada")], keys=stocked.master, now=stocked.now)
    for text in ("ada", "ada@example.com"):
        found = report(stocked, text)
        assert found.objected_at == stocked.now
        assert (found.records, found.answers, found.disclosures, found.runs) == ([], [], [], [])


@pytest.mark.parametrize("text", ["zoe", "zoe@example.com"])
def test_who_is_not_there_is_an_error(stocked: Bench, text: str) -> None:
    with pytest.raises(StoreError, match="no stored customer has this id"):
        report(stocked, text)


def test_it_changes_nothing_and_works_where_nothing_can_be_written(stocked: Bench, denied: Any) -> None:
    before = stocked.files()
    report(stocked)
    assert stocked.files() == before
    assert len(denied(_report_in, stocked).records) == 2


def _report_in(path: Path, bench: Bench) -> SubjectReport:
    return report(bench, path=path)
