"""Results for scripts, with the machine that they are of."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.bench.result import Result, Spread


def write_record(results: Sequence[Result], path: Path, *, quick: bool, began: datetime, load: float) -> None:
    """Write the file, whose folder is made when it is missing. `load`: how busy the machine was before."""
    record = {
        "began": began.isoformat(timespec="seconds"),
        "quick": quick,
        "machine": {**_machine(), "load_before": round(load, 2)},
        "results": [_entry(result) for result in results],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _entry(result: Result) -> dict[str, Any]:
    benchmark = result.benchmark
    entry: dict[str, Any] = {
        "name": benchmark.name,
        "what": benchmark.told(result.size),
        "against": benchmark.against,
        "goal": str(benchmark.goal),
        "rounds": result.rounds,
        "met": result.is_met,
    }
    if result.failure:
        return {**entry, "failure": result.failure}
    return {
        **entry,
        "ratio": asdict(result.ratio),
        "unit": benchmark.unit,
        "ours": asdict(Spread.of(result.ours)),
        "reference": asdict(Spread.of(result.reference)),
    }


def _machine() -> dict[str, Any]:
    return {
        "system": platform.platform(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_mib": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20,
        "python": platform.python_version(),
    }


def _processor() -> str:
    """Its model, which Linux tells in a file alone."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(models, platform.machine())
