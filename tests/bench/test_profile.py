"""Which lines are said to be the hottest."""

from __future__ import annotations

from tests.bench.profile import hottest

RUN = 'process 7:"python enrich-cli enrich a.csv"'
KEEPER = f'{RUN};process 8:"python -m enrich_cli.store.keeper 4"'


def test_time_counts_for_the_innermost_line_of_the_process_that_spent_it() -> None:
    stacks = [
        f"{RUN};main (cli.py:1);send (gateway.py:2) 3",
        f"{RUN};main (cli.py:1) 1",
        f"{RUN};other (cli.py:5);send (gateway.py:2) 2",
        f"{KEEPER};keep (keeper.py:3);send (gateway.py:2) 4",
    ]
    assert hottest(stacks) == {
        "run": {"send (gateway.py:2)": 5, "main (cli.py:1)": 1},
        "keeper": {"send (gateway.py:2)": 4},
    }
