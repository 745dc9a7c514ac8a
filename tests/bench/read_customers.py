"""Read, map, clean and judge all rows of a CSV file as `enrich` does, and print how many customers they are.

python -m tests.bench.read_customers CSV
"""

from __future__ import annotations

import sys
from pathlib import Path

from enrich_cli.domain.row import Row
from enrich_cli.engine.chains import unusable
from enrich_cli.sources.csv_file import CsvFile

if __name__ == "__main__":
    with CsvFile(Path(sys.argv[1]), usable=unusable) as source:
        sys.stdout.write(f"{sum(1 for row in source if isinstance(row, Row))}\n")
