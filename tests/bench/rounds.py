"""Running benchmarks: both sides in turn, round after round."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import fmean

from tests.bench.benchmark import Benchmark, Sides
from tests.bench.place import DidNotRun, Place
from tests.bench.result import Result

PATIENCE_SECONDS = 300.0
"""No further round begins once the rounds of a benchmark have taken so long."""


def measure(
    benchmark: Benchmark,
    place: Place,
    *,
    rounds: int,
    size: int,
    patience: float = PATIENCE_SECONDS,
    clock: Callable[[], float] = time.monotonic,
) -> Result:
    """Measure a benchmark; one that can't be run is a result that says why."""
    ours: list[float] = []
    reference: list[float] = []
    try:
        with benchmark.sides(place, size) as sides:
            began = clock()
            while len(ours) < rounds and (not ours or clock() - began < patience):
                own, other = _round(sides, benchmark.repeats, ours_first=len(ours) % 2 == 0)
                ours.append(own)
                reference.append(other)
    except DidNotRun as error:
        return Result(benchmark, size, failure=str(error))
    return Result(benchmark, size, ours, reference, asked_rounds=rounds)


def _round(sides: Sides, repeats: int, *, ours_first: bool) -> tuple[float, float]:
    """Whoever is second may find the machine warmer or hotter, so the sides take turns at that, too."""
    ours: list[float] = []
    reference: list[float] = []
    turns = [(sides.ours, ours), (sides.reference, reference)]
    for _ in range(repeats):
        for take, figures in turns if ours_first else reversed(turns):
            figures.append(take())
    return fmean(ours), fmean(reference)
