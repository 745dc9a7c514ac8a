"""A company's keys, as lines and as JSON. Imports nothing heavy."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from enrich_cli.console.words import counted
from enrich_cli.domain.months import iso
from enrich_cli.domain.times import Times

if TYPE_CHECKING:
    from enrich_cli.store.access import Issued


def keys_json(company: str, keys: Sequence[Issued]) -> str:
    """The keys as one JSON document."""
    listed = [{"key_id": key.id, "issued_at": iso(key.issued_at)} for key in keys]
    return json.dumps({"company": company, "keys": listed})


def key_lines(company: str, keys: Sequence[Issued], times: Times) -> list[str]:
    """A heading, and one line per key."""
    if not keys:
        return [f"{company} has no keys"]
    return [f"{company} · {counted(len(keys), 'key')}"] + [
        f"  {key.id}  created {times.minute(key.issued_at)}" for key in keys
    ]
