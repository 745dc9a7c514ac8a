"""Count the rows of a CSV file with csv.DictReader: python -m tests.bench.peers.csv_count CSV."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

if __name__ == "__main__":
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as file:
        sys.stdout.write(f"{sum(1 for row in csv.DictReader(file) if row)}\n")
