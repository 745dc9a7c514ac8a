"""Print precision, recall, calibration error and microseconds a judgement on held-out pairs, by data type, as JSON.

python -m tests.labelled SEED COUNT
"""

from __future__ import annotations

import json
import sys
import time

from tests.labelled.pair import Half
from tests.labelled.quality import SETS, quality


def main(seed: int, count: int) -> None:
    figures = {}
    for data_type, pairs_of in SETS.items():
        pairs = list(pairs_of(Half.HELD_OUT, seed, count))
        quality(pairs[:20])  # loads what is loaded when it is first needed
        began = time.process_time()
        found = quality(pairs)
        microseconds = 1e6 * (time.process_time() - began) / count
        figures[data_type] = (found.precision, found.recall, found.ece, microseconds)
    sys.stdout.write(f"{json.dumps(figures)}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
