"""What somebody would write for the occasion who knows how: workers that share one session of aiohttp.

    python -m tests.bench.peers.aiohttp_script CSV NDJSON CONCURRENCY VENDOR=URL…

Asks every vendor about every row, parses the answers and writes them, and books nothing. Prints how many came.
"""

from __future__ import annotations

import asyncio
import csv
import json
import sys
from pathlib import Path

import aiohttp

from tests.bench.peers.four_vendors import request


async def fetch_all(source: Path, target: Path, concurrency: int, urls: dict[str, str]) -> int:
    with source.open(encoding="utf-8", newline="") as file, target.open("w", encoding="utf-8") as output:
        rows = csv.DictReader(file)
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=concurrency)) as session:

            async def fetch(vendor: str, row: dict[str, str]) -> object:
                method, url, headers, params, body = request(vendor, urls[vendor], row)
                async with session.request(method, url, headers=headers, params=params, json=body) as response:
                    return await response.json() if response.status in {200, 400, 404} else None

            async def work() -> int:
                answered = 0
                for row in rows:
                    answers = [await fetch(vendor, row) for vendor in urls]
                    answered += sum(answer is not None for answer in answers)
                    output.write(json.dumps({"input": row, **dict(zip(urls, answers, strict=True))}) + "\n")
                return answered

            return sum(await asyncio.gather(*(work() for _ in range(concurrency))))


if __name__ == "__main__":
    csv_path, ndjson_path, workers, *vendors = sys.argv[1:]
    asked = dict(vendor.split("=", 1) for vendor in vendors)
    sys.stdout.write(f"{asyncio.run(fetch_all(Path(csv_path), Path(ndjson_path), int(workers), asked))}\n")
