"""How long do the smallest commands keep people waiting?"""

from __future__ import annotations

from collections.abc import Sequence

from tests.bench.place import ENRICH_CLI, PYTHON, Place
from tests.bench.result import Result, spread
from tests.bench.simulator import new_store

REPEATS = 7
"""In each round: single runs of so short a command differ by a fifth."""


def measure(place: Place, rounds: int) -> Result:
    """`quota` on a store that is there against a Python that only imports what it can't do without, in turn."""
    store = str(new_store(place, "start-up.db"))
    return against(
        place,
        rounds,
        ("--db", store, "quota"),
        "import typer, pydantic_settings, sqlite3",
        name="quota: time against importing what it needs",
        at_most=1.25,
    )


def against(place: Place, rounds: int, arguments: Sequence[str], imports: str, *, name: str, at_most: float) -> Result:
    """A command line against a Python that only imports this, in turn."""
    ratios, commands, bare_ones = [], [], []
    for _ in range(rounds):
        pairs = [
            (place.run(ENRICH_CLI, *arguments).seconds, place.run(PYTHON, "-c", imports).seconds)
            for _ in range(REPEATS)
        ]
        ours, bare = (sum(column) / REPEATS for column in zip(*pairs, strict=True))
        ratios.append(ours / bare)
        commands.append(1000 * ours)
        bare_ones.append(1000 * bare)
    return Result(
        name=name,
        ratios=ratios,
        at_most=at_most,
        detail=f"means of {REPEATS}: {spread(commands, 0)} ms; python -c {imports!r} {spread(bare_ones, 0)} ms",
    )
