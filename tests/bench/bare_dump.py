"""Open every stored enrichment and write it as a line of JSON, in a bare loop.

python -m tests.bench.bare_dump STORE NDJSON
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import orjson

from enrich_cli.settings import Settings
from enrich_cli.store.key_place import key_place
from enrich_cli.store.keys import cipher_for_reading

COMPANY = "default"
_TABLE = "customer_enrichment_data"
_ALL = f"SELECT customer_id, data_type, enrichment_data FROM {_TABLE} WHERE enrichment_data IS NOT NULL"


def main(store: Path, target: Path) -> None:
    with closing(sqlite3.connect(store)) as connection, target.open("wb") as output:
        cipher = cipher_for_reading(connection, COMPANY, key_place(Settings.load()))
        assert cipher
        for customer_id, data_type, sealed in connection.execute(_ALL):
            content = orjson.loads(cipher.unseal(sealed, _TABLE, customer_id, data_type))
            row = {"customer_id": customer_id, "data_type": data_type, **content}
            output.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
