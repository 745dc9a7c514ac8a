"""Precision and recall at the default threshold, and how far confidences are from the truth."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from enrich_cli.matching.judge import judge
from tests.labelled.businesses import businesses
from tests.labelled.pair import Half, Pair
from tests.labelled.parcels import parcels
from tests.labelled.people import people
from tests.labelled.profiles import profiles

THRESHOLD = 0.5
BINS = 10
SETS: dict[str, Callable[[Half, int, int], Iterator[Pair]]] = {
    "person": people,
    "business": businesses,
    "social": profiles,
    "property": parcels,
}


@dataclass(frozen=True, slots=True)
class Quality:
    precision: float
    recall: float
    ece: float
    """Expected calibration error over ten bins of equal width."""


def quality(pairs: Iterable[Pair]) -> Quality:
    judged = [(pair.same, judge(pair.data_type, pair.customer, pair.identity).confidence) for pair in pairs]
    accepted = [same for same, confidence in judged if confidence >= THRESHOLD]
    right = sum(accepted)
    bins: dict[int, list[tuple[bool, float]]] = {}
    for same, confidence in judged:
        bins.setdefault(min(int(confidence * BINS), BINS - 1), []).append((same, confidence))
    gaps = (abs(sum(same for same, _ in told) - sum(confidence for _, confidence in told)) for told in bins.values())
    return Quality(
        precision=right / max(len(accepted), 1),
        recall=right / max(sum(same for same, _ in judged), 1),
        ece=sum(gaps) / max(len(judged), 1),
    )
