"""What a benchmark found, and how it is shown."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A ratio and its goal."""

    name: str
    ratios: Sequence[float]
    """One for each round."""
    at_least: float | None = None
    at_most: float | None = None
    detail: str

    @property
    def ratio(self) -> float:
        return median(self.ratios)

    @property
    def goal(self) -> str:
        return f">= {self.at_least:.2f}" if self.at_least is not None else f"<= {self.at_most:.2f}"

    @property
    def met(self) -> bool:
        enough = self.at_least is None or self.ratio >= self.at_least
        return enough and (self.at_most is None or self.ratio <= self.at_most)


def spread(values: Sequence[float], digits: int = 1) -> str:
    """Median, lowest and highest."""
    return f"{median(values):,.{digits}f} ({min(values):,.{digits}f} to {max(values):,.{digits}f})"


def table(results: Sequence[Result]) -> str:
    """All of them for people, what was measured below each."""
    lines = [f"{'':<60}{'ratio':>7}  {'min':>6}  {'max':>6}  {'goal':>8}"]
    for result in results:
        ratios = f"{result.ratio:>7.3f}  {min(result.ratios):>6.3f}  {max(result.ratios):>6.3f}"
        lines.append(f"{result.name:<60}{ratios}  {result.goal:>8}  {'pass' if result.met else 'FAIL'}")
        lines.append(f"    {result.detail}")
    return "\n".join(lines)


def load() -> str:
    """How busy the machine is: on a busy one the figures say little."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def write_json(results: Sequence[Result], path: Path) -> None:
    """The same for scripts."""
    entries = [
        {
            "name": result.name,
            "ratio": round(result.ratio, 4),
            "ratios": [round(ratio, 4) for ratio in result.ratios],
            "at_least": result.at_least,
            "at_most": result.at_most,
            "met": result.met,
            "detail": result.detail,
        }
        for result in results
    ]
    path.write_text(json.dumps({"results": entries}, indent=2) + "\n", encoding="utf-8")
