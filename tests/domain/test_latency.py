"""Percentiles of latencies."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich_cli.domain.latency import Latencies


def counted(*latencies_ms: int) -> Latencies:
    latencies = Latencies()
    for latency_ms in latencies_ms:
        latencies.add(latency_ms)
    return latencies


def test_without_any_there_is_none() -> None:
    assert counted().percentile(0.5) is None


@pytest.mark.parametrize(("share", "latency_ms"), [(0.5, 100), (0.9, 100), (0.95, 1000), (1.0, 1000)])
def test_it_is_what_this_share_did_not_exceed(share: float, latency_ms: int) -> None:
    assert counted(*[100] * 9, 1000).percentile(share) == pytest.approx(latency_ms, rel=0.01)


@given(st.lists(st.integers(0, 600_000), min_size=1, max_size=200), st.sampled_from([0.5, 0.95, 0.99]))
def test_it_is_exact_to_one_per_cent_and_a_rounded_millisecond(latencies_ms: list[int], share: float) -> None:
    exact = max(sorted(latencies_ms)[math.ceil(share * len(latencies_ms)) - 1], 1)
    assert counted(*latencies_ms).percentile(share) == pytest.approx(exact, abs=0.01 * exact + 0.5)


def test_its_memory_does_not_grow_with_their_number() -> None:
    assert len(counted(*range(1, 100_000, 7)).buckets) < 600
