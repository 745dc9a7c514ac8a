"""Which run may be resumed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from enrich_cli.domain.money import Money
from enrich_cli.store.errors import StoreError
from enrich_cli.store.plan import Standing
from enrich_cli.store.reading import read_runs
from enrich_cli.store.runs import PastRun

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.store.conftest import Bench


def go_through(bench: Bench, state: str, **changes: str) -> None:
    """A run that ended in this state; `crashed` ended without a word."""
    with bench.run(**changes) as run:
        if state != "crashed":
            run.end(state)
    bench.later(minutes=1)


@pytest.mark.parametrize("state", ["interrupted", "crashed"])
@pytest.mark.parametrize("resume", ["last", "one"])
def test_a_run_that_did_not_end_can_be_resumed_by_id_or_as_the_last(bench: Bench, state: str, resume: str) -> None:
    go_through(bench, state, run_id="one")
    go_through(bench, "done", resume=resume, run_id="two")
    assert bench.sql("SELECT resumes FROM runs WHERE run_id = 'two'") == [("one",)]


@pytest.mark.parametrize("resume", ["last", "one"])
def test_one_that_ended_by_itself_can_not(bench: Bench, resume: str) -> None:
    go_through(bench, "done", run_id="one")
    with pytest.raises(StoreError, match="run one ended by itself") as refused:
        go_through(bench, "done", resume=resume)
    assert refused.value.exit_code == 2
    assert bench.sql("SELECT run_id FROM runs") == [("one",)]


@pytest.mark.parametrize("resume", ["last", "one"])
def test_one_that_is_going_on_can_not(bench: Bench, resume: str) -> None:
    with bench.run(run_id="one"), pytest.raises(StoreError, match="run one is still going on"):
        go_through(bench, "done", resume=resume)


def test_the_last_is_the_newest_however_it_ended(bench: Bench) -> None:
    go_through(bench, "crashed", run_id="one")
    go_through(bench, "done", run_id="two")
    with pytest.raises(StoreError, match="run two ended by itself"):
        go_through(bench, "done", resume="last")
    go_through(bench, "done", resume="one", run_id="three")


def test_of_two_that_began_at_the_same_instant_the_later_one_is_the_last(bench: Bench) -> None:
    with bench.run(run_id="zebra"):
        pass
    with bench.run(run_id="adder"):
        pass
    go_through(bench, "done", resume="last", run_id="two")
    assert bench.sql("SELECT resumes FROM runs WHERE run_id = 'two'") == [("adder",)]


def test_the_last_is_the_one_that_began_last_though_the_clock_was_set_back(bench: Bench) -> None:
    go_through(bench, "done", run_id="one")
    bench.later(hours=-2)
    go_through(bench, "interrupted", run_id="two")
    assert [run.run_id for run in read_runs(bench.path, "acme", bench.now, most=9)] == ["two", "one"]
    go_through(bench, "done", resume="last", run_id="three")
    assert bench.sql("SELECT resumes FROM runs WHERE run_id = 'three'") == [("two",)]


@pytest.mark.parametrize(("resume", "said"), [("last", "has no run yet"), ("nine", "has no run nine")])
def test_without_such_a_run_it_is_said(bench: Bench, resume: str, said: str) -> None:
    with pytest.raises(StoreError, match=f"company acme {said}"):
        go_through(bench, "done", resume=resume)


@pytest.mark.parametrize("resume", ["last", "one"])
def test_another_companys_run_is_none(bench: Bench, resume: str) -> None:
    go_through(bench, "crashed", run_id="one")
    with pytest.raises(StoreError, match="company rival has no run"):
        go_through(bench, "done", resume=resume, company="rival")


def test_a_run_resumes_those_that_the_resumed_one_had_resumed(bench: Bench) -> None:
    with bench.run(run_id="one", refresh=True) as run:
        run.enrich(bench.customer())
    go_through(bench, "interrupted", resume="last", run_id="two")
    go_through(bench, "crashed", resume="last", run_id="three")
    assert bench.standing(resume="last", refresh=True) is Standing.SERVED
    (resumed,) = bench.sql("SELECT resumes FROM runs ORDER BY rowid DESC LIMIT 1")
    assert set(resumed[0].split(",")) == {"one", "two", "three"}


def past(bench: Bench, most: int = 20) -> list[PastRun]:
    return read_runs(bench.path, "acme", bench.now, most=most)


class TestPastRuns:
    def test_without_a_store_there_are_none(self, no_store: Bench) -> None:
        assert past(no_store) == []
        assert no_store.files() == {}

    def test_the_newest_come_first_and_no_more_than_asked_for(self, bench: Bench) -> None:
        for run_id in ("one", "two", "three"):
            go_through(bench, "done", run_id=run_id)
        assert [run.run_id for run in past(bench, most=2)] == ["three", "two"]

    def test_each_says_how_it_ended_when_and_what_it_cost(self, bench: Bench) -> None:
        with bench.run(run_id="one") as run:
            run.enrich(bench.customer(), cost=40)
            with run.books.transaction():
                run.books.end("interrupted", '{"enriched": 1, "failed": 0}', bench.now)
        (one,) = past(bench)
        assert (one.state, one.counts, one.cost, one.in_doubt) == ("interrupted", {"enriched": 1}, Money(40), Money())
        assert one.started_at == one.ended_at == "2026-11-03T09:30:00.000Z"

    def test_one_that_goes_on_is_running_at_what_it_has_cost_so_far(self, bench: Bench) -> None:
        with bench.run(run_id="one") as run:
            run.enrich(bench.customer("ada"), cost=40)
            run.plan(bench.customer("bob"))
            run.ask(bench.question(2, "bob"))
            (one,) = past(bench)
        assert (one.state, one.ended_at, one.counts) == ("running", None, {"enriched": 1})
        assert (one.cost, one.in_doubt) == (Money(40), Money())

    def test_of_another_company_nothing_is_seen(self, bench: Bench) -> None:
        go_through(bench, "done", company="other")
        assert past(bench) == []

    def test_a_dead_one_is_recovered_and_on_a_read_only_file_the_figures_are_the_same(
        self, bench: Bench, denied: Callable[..., Any]
    ) -> None:
        with bench.run(run_id="died") as run:
            run.enrich(bench.customer("ada"), cost=40)
            run.plan(bench.customer("bob"))
            run.ask(bench.question(2, "bob"))
        read_only: list[PastRun] = denied(_twenty, "acme", bench.now)
        assert bench.sql("SELECT state FROM runs") == [("running",)]
        (recovered,) = past(bench)
        assert bench.sql("SELECT state FROM runs") == [("crashed",)]
        (one,) = read_only
        assert (one.state, one.counts, one.cost, one.in_doubt) == (
            recovered.state,
            recovered.counts,
            recovered.cost,
            recovered.in_doubt,
        )
        assert (one.state, one.counts, one.cost) == ("crashed", {"enriched": 1}, Money(40))
        assert one.in_doubt > Money()


def _twenty(path: Path, company: str, now: datetime) -> list[PastRun]:
    return read_runs(path, company, now, most=20)
