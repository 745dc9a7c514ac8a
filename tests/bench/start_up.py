"""How long do the smallest commands keep people waiting?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from tests.bench.benchmark import Benchmark, Sides, at_most
from tests.bench.enriching import fresh_store
from tests.bench.place import ENRICH_CLI, PYTHON, Place

_REPEATS = 7


@contextmanager
def _sides(arguments: tuple[str, ...], imports: str, place: Place, size: int) -> Iterator[Sides]:
    with fresh_store(place) as store:
        command = (ENRICH_CLI, "--db", str(store), *arguments)
        yield Sides(lambda: 1000 * place.run(*command).seconds, lambda: 1000 * place.run(PYTHON, "-c", imports).seconds)


def _benchmark(argument: str, imports: str, goal: float, quick_size: int | None = None) -> Benchmark:
    return Benchmark(
        name=argument.removeprefix("--"),
        what=f"enrich-cli {argument}",
        against=f'python -c "{imports}"',
        unit="ms",
        goal=at_most(goal),
        quick_size=quick_size,
        repeats=_REPEATS,
        sides=partial(_sides, (argument,), imports),
    )


BENCHMARKS = (
    _benchmark("quota", "import typer, pydantic_settings, sqlite3", 1.25, quick_size=1),
    _benchmark("--help", "import typer", 1.3),
    _benchmark("--version", "import typer", 1.3),
)
