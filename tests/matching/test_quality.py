"""Pairs whose words no weight was tuned on: how many accepted ones are right, how many right ones are accepted."""

from __future__ import annotations

import pytest

from tests.labelled.pair import Half
from tests.labelled.quality import SETS, Quality, quality

PAIRS = 3_000
GOALS = {
    "person": Quality(precision=0.995, recall=0.96, ece=0.025),
    "business": Quality(precision=0.995, recall=0.96, ece=0.015),
    "social": Quality(precision=0.96, recall=0.94, ece=0.035),
    "property": Quality(precision=0.995, recall=0.98, ece=0.015),
}


@pytest.mark.parametrize("data_type", SETS)
def test_held_out_pairs_are_told_apart(data_type: str) -> None:
    found, goal = quality(SETS[data_type](Half.HELD_OUT, 7, PAIRS)), GOALS[data_type]
    assert found.precision >= goal.precision
    assert found.recall >= goal.recall
    assert found.ece <= goal.ece
