"""How well is it told who is who? Figures of the held-out half of the labelled pairs, against the goals."""

from __future__ import annotations

import json
from pathlib import Path

from tests.bench.place import PYTHON, Place
from tests.bench.result import Result

PAIRS = 4_000
_ROOT = str(Path(__file__).parents[2])
_PRECISION, _RECALL, _ECE = 0.995, 0.95, 0.05


def measure(place: Place, rounds: int) -> Result:
    """Each round judges other pairs; what counts is the figure of people and businesses that is nearest to its goal."""
    shares, told = [], ""
    for seed in range(rounds):
        command = (PYTHON, "-m", "tests.labelled", str(seed), str(PAIRS))
        figures = json.loads(place.run(*command, environment={"PYTHONPATH": _ROOT}).output)
        goals = (figures[data_type] for data_type in ("person", "business"))
        shares.append(min(min(p / _PRECISION, r / _RECALL, _ECE / max(ece, 1e-9)) for p, r, ece, _ in goals))
        told = "; ".join(
            f"{data_type} precision {precision:.4f}, recall {recall:.4f}, ECE {ece:.4f}, {microseconds:.0f} us"
            for data_type, (precision, recall, ece, microseconds) in figures.items()
        )
    return Result(
        name="matching, held-out pairs: share of the goals",
        ratios=shares,
        at_least=1.0,
        detail=f"{PAIRS:,} pairs of a type, last round: {told}",
    )
