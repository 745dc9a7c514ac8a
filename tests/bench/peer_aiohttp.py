"""What somebody would write for the occasion: fetch every customer of a CSV file and parse the answers, no more.

    python peer_aiohttp.py BASE_URL CSV CONCURRENCY

Prints how many people were found.
"""

from __future__ import annotations

import asyncio
import csv
import sys
from pathlib import Path

import aiohttp


async def fetch_all(url: str, source: Path, concurrency: int) -> int:
    with source.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        async with aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=concurrency), headers={"Authorization": "Bearer bench"}
        ) as session:

            async def work() -> int:
                found = 0
                for row in rows:
                    given, family = row["name"].split()
                    params = {"email": row["email"], "given_name": given, "family_name": family}
                    async with session.get(f"{url}/v2/people/find", params=params) as response:
                        person = await response.json()
                    found += person["name"]["fullName"] == row["name"]
                return found

            return sum(await asyncio.gather(*(work() for _ in range(concurrency))))


if __name__ == "__main__":
    base_url, csv_path, workers = sys.argv[1:]
    sys.stdout.write(f"{asyncio.run(fetch_all(base_url, Path(csv_path), int(workers)))}\n")
