"""What a benchmark found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from tests.bench.benchmark import Benchmark


@dataclass(frozen=True, slots=True)
class Spread:
    """Of several figures."""

    median: float
    lowest: float
    highest: float

    @classmethod
    def of(cls, figures: Sequence[float]) -> Spread:
        return cls(median(figures), min(figures), max(figures))


@dataclass(frozen=True, slots=True)
class Result:
    """A benchmark with the figures of its rounds, or why there are none."""

    benchmark: Benchmark
    size: int
    ours: Sequence[float] = field(default=())
    reference: Sequence[float] = field(default=())
    """One for each round, as in `ours`."""
    asked_rounds: int = 0
    failure: str = ""
    """Why it did not run."""

    @property
    def rounds(self) -> int:
        return len(self.ours)

    @property
    def ratio(self) -> Spread:
        """Of the ratios within each round."""
        return Spread.of([own / other for own, other in zip(self.ours, self.reference, strict=True)])

    @property
    def is_met(self) -> bool:
        return not self.failure and self.benchmark.goal.is_met_by(self.ratio.median)
