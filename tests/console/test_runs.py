"""Past runs: what was done when, how it ended, and what it cost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from msgspec.structs import replace

from enrich_cli.console.runs import print_runs, runs_json
from enrich_cli.domain.money import Money
from enrich_cli.domain.times import IN_UTC
from enrich_cli.store.runs import PastRun

if TYPE_CHECKING:
    from tests.console.conftest import Paper

RUN = PastRun(
    run_id="20261103-093000-a1b2c3",
    command="refresh",
    state="crashed",
    sandbox=False,
    resumes=("one",),
    started_at="2026-11-03T09:30:00.000Z",
    ended_at=None,
    counts={"enriched": 1_234, "not_found": 5},
    cost=Money(19_344_300),
    in_doubt=Money(7_590_000),
)


def test_each_takes_two_lines_that_fit_a_terminal(paper: Paper) -> None:
    print_runs([RUN, replace(RUN, run_id="r", command="enrich", in_doubt=Money(), counts={})], paper.console, IN_UTC)
    assert paper.lines == [
        "20261103-093000-a1b2c3  refresh  2026-11-03 09:30 UTC  crashed  $19.3443",
        "    1,234 enriched, 5 not found · $7.59 in doubt",
        "r                       enrich   2026-11-03 09:30 UTC  crashed  $19.3443",
        "    no customers",
    ]


def test_its_counts_stand_in_the_order_of_its_report(paper: Paper) -> None:
    counts = {"rejected": 1, "failed": 2, "enriched": 3, "not_found": 4}
    print_runs([replace(RUN, counts=counts, in_doubt=Money())], paper.console, IN_UTC)
    assert paper.lines[1] == "    3 enriched, 4 not found, 2 failed, 1 rejected"


def test_synthetic_ones_are_called_so_and_that_there_are_none_is_said(paper: Paper) -> None:
    print_runs([], paper.console, IN_UTC)
    print_runs([replace(RUN, sandbox=True)], paper.console, IN_UTC)
    assert paper.lines[:2] == ["no runs yet", "SANDBOX: all of this data is synthetic"]


def test_as_json_they_are_one_document_with_every_count() -> None:
    (run,) = json.loads(runs_json([RUN]))["runs"]
    counts = run.pop("customers")
    assert {count: number for count, number in counts.items() if number} == {"enriched": 1_234, "not_found": 5}
    assert len(counts) == 8
    assert run == {
        "run_id": "20261103-093000-a1b2c3",
        "command": "refresh",
        "state": "crashed",
        "started_at": "2026-11-03T09:30:00.000Z",
        "ended_at": None,
        "sandbox": False,
        "resumes": ["one"],
        "cost_usd": "19.3443",
        "in_doubt_usd": "7.59",
    }
