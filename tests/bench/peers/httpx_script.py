"""What most people write: one AsyncClient of httpx, a semaphore, and a task for each row.

    python -m tests.bench.peers.httpx_script CSV NDJSON CONCURRENCY VENDOR=URL…

Asks every vendor about every row, parses the answers and writes them, and books nothing. Prints how many came.
"""

from __future__ import annotations

import asyncio
import csv
import json
import sys
from pathlib import Path

import httpx

from tests.bench.peers.four_vendors import request


async def fetch_all(source: Path, target: Path, concurrency: int, urls: dict[str, str]) -> int:
    with source.open(encoding="utf-8", newline="") as file, target.open("w", encoding="utf-8") as output:
        few = asyncio.Semaphore(concurrency)
        async with httpx.AsyncClient(timeout=60) as client:

            async def fetch(vendor: str, row: dict[str, str]) -> object:
                method, url, headers, params, body = request(vendor, urls[vendor], row)
                response = await client.request(method, url, headers=headers, params=params, json=body)
                return response.json() if response.status_code in {200, 400, 404} else None

            async def enrich(row: dict[str, str]) -> int:
                async with few:
                    answers = [await fetch(vendor, row) for vendor in urls]
                output.write(json.dumps({"input": row, **dict(zip(urls, answers, strict=True))}) + "\n")
                return sum(answer is not None for answer in answers)

            return sum(await asyncio.gather(*(enrich(row) for row in csv.DictReader(file))))


if __name__ == "__main__":
    csv_path, ndjson_path, workers, *vendors = sys.argv[1:]
    asked = dict(vendor.split("=", 1) for vendor in vendors)
    sys.stdout.write(f"{asyncio.run(fetch_all(Path(csv_path), Path(ndjson_path), int(workers), asked))}\n")
