"""Copy a CSV file row by row with the standard library: python -m tests.bench.peers.csv_copy CSV TARGET."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

if __name__ == "__main__":
    with Path(sys.argv[1]).open(newline="") as source, Path(sys.argv[2]).open("w", newline="") as target:
        rows = csv.DictReader(source)
        copy = csv.DictWriter(target, rows.fieldnames or ())
        copy.writeheader()
        copy.writerows(rows)
