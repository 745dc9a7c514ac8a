"""How well is it told who is who? Figures of the held-out half of the labelled pairs; each round judges other pairs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from itertools import count

from tests.bench.benchmark import Benchmark, Goal, Sides, at_least, at_most
from tests.bench.place import Place

_FIGURES = ("precision", "recall", "calibration error")
_GOALS = (at_least(0.995), at_least(0.95), at_most(0.05))


@cache
def _quality(place: Place, seed: int, pairs: int) -> dict[str, list[float]]:
    """Data type → figures. One process judges for all the benchmarks of a seed."""
    quality: dict[str, list[float]] = json.loads(place.run_module("tests.labelled", str(seed), str(pairs)).output)
    return quality


@contextmanager
def _sides(data_type: str, figure: int, place: Place, size: int) -> Iterator[Sides]:
    seeds = count()
    yield Sides(lambda: _quality(place, next(seeds), size)[data_type][figure], lambda: 1.0)


def _benchmark(data_type: str, figure: int, goal: Goal) -> Benchmark:
    return Benchmark(
        name=f"matching-{data_type}-{_FIGURES[figure].replace(' ', '-')}",
        what=f"matching: {_FIGURES[figure]} on {{size}} held-out pairs of a {data_type}",
        against="1",
        unit="",
        goal=goal,
        size=4_000,
        sides=partial(_sides, data_type, figure),
    )


BENCHMARKS = tuple(
    _benchmark(data_type, figure, goal) for data_type in ("person", "business") for figure, goal in enumerate(_GOALS)
)
