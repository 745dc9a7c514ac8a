"""All benchmarks, in the order of the table."""

from __future__ import annotations

from tests.bench import (
    cached,
    flat_out,
    large_stores,
    matching,
    memory,
    minet,
    reading,
    slow_vendor,
    start_up,
    two_at_once,
    waiting,
)
from tests.bench.benchmark import Benchmark

BENCHMARKS: dict[str, Benchmark] = {
    benchmark.name: benchmark
    for kind in (
        *(waiting, flat_out, minet, two_at_once, slow_vendor, cached, memory),
        *(large_stores, start_up, reading, matching),
    )
    for benchmark in kind.BENCHMARKS
}
"""By name."""
