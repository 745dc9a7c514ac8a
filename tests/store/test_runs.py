"""Which run may be resumed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from enrich_cli.store.errors import StoreError
from enrich_cli.store.plan import Standing

if TYPE_CHECKING:
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
