"""Percentiles of latencies in constant memory."""

from __future__ import annotations

import math
from collections.abc import Mapping

import msgspec

_GROWTH = math.log(1.02)


def percentile(times: Mapping[int, int], share: float) -> int | None:
    """The value that this share (0..1) does not exceed, given value → count; None if there are no values."""
    rank = math.ceil(share * sum(times.values()))
    for value in sorted(times):
        rank -= times[value]
        if rank <= 0:
            return value
    return None


class Latencies(msgspec.Struct):
    """Counts latencies (milliseconds) in buckets two per cent wide, so that a percentile is exact to one per cent."""

    buckets: dict[int, int] = {}

    def add(self, latency_ms: int) -> None:
        bucket = round(math.log(max(latency_ms, 1)) / _GROWTH)
        self.buckets[bucket] = self.buckets.get(bucket, 0) + 1

    def percentile(self, share: float) -> int | None:
        """The latency (milliseconds) that this share (0..1) did not exceed; None if there were none."""
        bucket = percentile(self.buckets, share)
        return None if bucket is None else round(math.exp(bucket * _GROWTH))
