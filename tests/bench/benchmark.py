"""What a benchmark is: two sides that are measured in turn, and the goal that their ratio has."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from tests.bench.place import Place


@dataclass(frozen=True, slots=True)
class Goal:
    """What the ratio of ours to the reference should be: of rates at least so much, of times and memory at most."""

    sign: str
    bound: float

    def __str__(self) -> str:
        return f"{self.sign} {self.bound:g}"

    def is_met_by(self, ratio: float) -> bool:
        return ratio >= self.bound if self.sign == "≥" else ratio <= self.bound


def at_least(bound: float) -> Goal:
    return Goal("≥", bound)


def at_most(bound: float) -> Goal:
    return Goal("≤", bound)


@dataclass(frozen=True, slots=True)
class Sides:
    """What is compared. Each call measures once, from an equal start, and raises DidNotRun when it can't."""

    ours: Callable[[], float]
    reference: Callable[[], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """One line of the table."""

    name: str
    what: str
    """What is measured; `{size}` stands for how much of it."""
    against: str
    unit: str
    goal: Goal
    sides: Callable[[Place, int], AbstractContextManager[Sides]]
    """Prepares both sides for a size, and clears away behind them."""
    size: int = 1
    quick_size: int | None = None
    """None: it takes too long for a quick look."""
    repeats: int = 1
    """How often each side is measured in a round, in turn, for a mean: single runs of short commands differ much."""

    def told(self, size: int) -> str:
        return self.what.format(size=f"{size:,}")
