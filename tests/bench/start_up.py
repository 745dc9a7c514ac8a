"""How long does the smallest command keep people waiting?"""

from __future__ import annotations

from tests.bench.place import ENRICH_CLI, PYTHON, Place
from tests.bench.result import Result, spread
from tests.bench.simulator import new_store

REPEATS = 7
"""In each round: single runs of so short a command differ by a fifth."""
_IMPORTS = "import typer, pydantic_settings, sqlite3"


def measure(place: Place, rounds: int) -> Result:
    """`quota` on a store that is there against a Python that only imports what it can't do without, in turn."""
    store = str(new_store(place, "start-up.db"))
    ratios, quotas, imports = [], [], []
    for _ in range(rounds):
        pairs = [
            (
                place.run(ENRICH_CLI, "--db", store, "quota").seconds,
                place.run(PYTHON, "-c", _IMPORTS).seconds,
            )
            for _ in range(REPEATS)
        ]
        ours, bare = (sum(column) / REPEATS for column in zip(*pairs, strict=True))
        ratios.append(ours / bare)
        quotas.append(1000 * ours)
        imports.append(1000 * bare)
    return Result(
        name="quota: time against importing what it needs",
        ratios=ratios,
        at_most=1.4,
        detail=f"means of {REPEATS}: {spread(quotas, 0)} ms; python -c {_IMPORTS!r} {spread(imports, 0)} ms",
    )
