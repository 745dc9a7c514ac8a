"""How benchmarks are run and what is said of them, with figures that are made up."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from rich.console import Console

from tests.bench.benchmark import Benchmark, Goal, Sides, at_least, at_most
from tests.bench.place import DidNotRun, Place
from tests.bench.record import write_record
from tests.bench.result import Result
from tests.bench.rounds import measure
from tests.bench.table import closing_line, table

Take = Callable[[], float]


def benchmark(
    ours: Take, reference: Take, goal: Goal | None = None, *, name: str = "speed", repeats: int = 1
) -> Benchmark:
    @contextmanager
    def sides(place: Place, size: int) -> Iterator[Sides]:
        yield Sides(ours, reference)

    return Benchmark(
        name=name,
        what="copying {size} rows",
        against="a bare loop",
        unit="rows/s",
        goal=goal or at_least(0.5),
        sides=sides,
        repeats=repeats,
    )


def figures(*values: float) -> Take:
    return iter(values).__next__


def result(ours: float, reference: float, goal: Goal, name: str = "speed") -> Result:
    return Result(benchmark(figures(), figures(), goal, name=name), 1_000, [ours], [reference], asked_rounds=1)


def refused() -> float:
    raise DidNotRun("no such program")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def shown(*results: Result) -> str:
    console = Console(width=140)
    with console.capture() as capture:
        console.print(table(results))
    return capture.get()


class TestRounds:
    def test_sides_are_measured_in_turn_and_take_turns_at_being_first(self, place: Place) -> None:
        turns = count(1)
        found = measure(benchmark(lambda: next(turns), lambda: next(turns)), place, rounds=3, size=1)
        assert (found.ours, found.reference) == ([1, 4, 5], [2, 3, 6])

    def test_short_commands_are_measured_several_times_a_round_and_their_mean_counts(self, place: Place) -> None:
        short = benchmark(figures(1, 2, 3), figures(4, 5, 6), repeats=3)
        found = measure(short, place, rounds=1, size=1)
        assert (found.ours, found.reference) == ([2], [5])

    def test_no_round_begins_once_patience_is_over(self, place: Place) -> None:
        long = benchmark(lambda: 1.0, lambda: 1.0)
        found = measure(long, place, rounds=5, size=1, patience=10, clock=figures(0, 6, 12))
        assert (found.rounds, found.asked_rounds) == (2, 5)

    def test_one_round_is_measured_however_long_it_takes(self, place: Place) -> None:
        found = measure(benchmark(lambda: 1.0, lambda: 1.0), place, rounds=5, size=1, patience=0, clock=figures(0, 99))
        assert found.rounds == 1

    def test_what_could_not_be_run_is_a_result_that_says_why(self, place: Place) -> None:
        found = measure(benchmark(refused, figures(1)), place, rounds=1, size=1)
        assert (found.failure, found.is_met) == ("no such program", False)


class TestResults:
    def test_the_ratio_is_the_median_of_the_ratios_within_rounds(self) -> None:
        found = replace(result(1, 1, at_least(0.5)), ours=[1, 9, 3], reference=[2, 10, 4])
        assert (found.ratio.lowest, found.ratio.median, found.ratio.highest) == (0.5, 0.75, 0.9)

    @pytest.mark.parametrize(
        ("goal", "ours", "is_met"),
        [(at_least(0.5), 50, True), (at_least(0.5), 49, False), (at_most(1.5), 150, True), (at_most(1.5), 151, False)],
    )
    def test_goals_are_met_at_their_bounds(self, goal: Goal, ours: float, is_met: bool) -> None:
        assert result(ours, 100, goal).is_met is is_met


class TestTable:
    def test_it_shows_what_was_measured_with_figures_and_goal(self) -> None:
        text = shown(result(61_234, 100_000, at_least(0.5)))
        assert "copying 1,000 rows" in text
        assert "against a bare loop" in text
        assert [word for word in ("61,234 rows/s", "100,000 rows/s", "0.612", "≥ 0.5", "met") if word not in text] == []

    def test_it_says_where_rounds_are_fewer_than_asked_for(self) -> None:
        assert "1 of 5" in shown(replace(result(1, 1, at_least(0.5)), asked_rounds=5))

    def test_it_says_why_something_did_not_run(self, place: Place) -> None:
        assert "no such program" in shown(measure(benchmark(refused, figures(1)), place, rounds=1, size=1))

    def test_missed_goals_are_named_at_the_end(self, place: Place) -> None:
        results = [
            result(6, 10, at_least(0.5), "fast"),
            result(4, 10, at_least(0.5), "slow"),
            measure(benchmark(refused, figures(1), name="absent"), place, rounds=1, size=1),
        ]
        assert closing_line(results) == "1 of 2 goals met; missed: slow 0.4 (≥ 0.5); did not run: absent"

    def test_nothing_is_named_when_all_are_met(self) -> None:
        assert closing_line([result(6, 10, at_least(0.5))]) == "1 of 1 goals met"


def test_the_record_has_every_figure_and_the_machine(tmp_path: Path, place: Place) -> None:
    file = tmp_path / "new" / "results.json"
    found = replace(result(1, 1, at_least(0.5)), ours=[1, 9, 3], reference=[2, 10, 4], asked_rounds=5)
    failed = measure(benchmark(refused, figures(1), name="absent"), place, rounds=1, size=1)
    write_record([found, failed], file, quick=True, began=datetime(2026, 11, 3, 9, 30, tzinfo=UTC), load=0.25)
    record = json.loads(file.read_text(encoding="utf-8"))
    assert (record["began"], record["quick"], record["machine"]["load_before"]) == (
        "2026-11-03T09:30:00+00:00",
        True,
        0.25,
    )
    assert {"cores", "memory_mib", "processor", "python", "system"} < record["machine"].keys()
    speed, absent = record["results"]
    assert speed["ratio"] == {"median": 0.75, "lowest": 0.5, "highest": 0.9}
    assert speed["ours"] == {"median": 3, "lowest": 1, "highest": 9}
    assert (speed["rounds"], speed["goal"], speed["met"]) == (3, "≥ 0.5", True)
    assert (absent["failure"], absent["met"]) == ("no such program", False)
