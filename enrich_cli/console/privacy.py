"""What is to be forgotten, and what was forgotten or purged, as lines and as JSON. Names nobody."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from enrich_cli.console.words import SYNTHETIC, counted
from enrich_cli.domain.months import iso
from enrich_cli.domain.times import Times

if TYPE_CHECKING:
    from enrich_cli.store.forgetting import Receipt
    from enrich_cli.store.privacy import Gone
    from enrich_cli.store.retention import Purged


def question(people: int, stored: int) -> str:
    """The question before forgetting. `stored`: as how many customers these people are stored."""
    customers = counted(stored, "stored customer") if stored else "no stored customer"
    return f"Forget {counted(people, 'person', 'people')} ({customers}) for good?"


def receipt_json(receipt: Receipt) -> str:
    """One JSON document."""
    gone = receipt.gone
    return json.dumps(
        {
            "company": receipt.company,
            "sandbox": receipt.synthetic,
            "forgotten_at": iso(receipt.at),
            "people": receipt.people,
            "people_stored": receipt.stored,
            "deleted": {"customers": gone.customers, "enrichments": gone.enrichments, "answers": gone.answers},
            "lookups_unlinked": gone.lookups,
            "identities_hashed": receipt.identities,
            "erased_from_disk": receipt.erased,
        }
    )


def receipt_lines(receipt: Receipt) -> list[str]:
    """What was done, in a few lines for people."""
    gone, people = receipt.gone, counted(receipt.people, "person", "people")
    return [
        *([SYNTHETIC] if receipt.synthetic else []),
        f"forgotten for {receipt.company}: {people}, {receipt.stored:,} of them stored",
        f"  deleted: {_deleted(gone)}",
        f"  lookups in the books that no longer say whom they were about: {gone.lookups:,}",
        f"  kept, so that later runs skip them: {counted(receipt.identities, 'keyed hash', 'keyed hashes')}",
    ]


def purged_json(company: str, purged: Purged) -> str:
    """One JSON document."""
    return json.dumps(
        {
            "company": company,
            "sandbox": purged.synthetic,
            "before": iso(purged.before),
            "deleted": {
                "enrichments": purged.enrichments,
                "answers": purged.answers,
                "customers": purged.customers,
            },
            "erased_from_disk": purged.erased,
        }
    )


def purged_lines(company: str, purged: Purged, times: Times) -> list[str]:
    """What was done, in a few lines for people."""
    return [
        *([SYNTHETIC] if purged.synthetic else []),
        f"purged for {company}: what is older than {times.minute(purged.before)}",
        f"  deleted: {_deleted(purged)}",
    ]


def _deleted(gone: Gone | Purged) -> str:
    return ", ".join(
        (
            counted(gone.customers, "customer"),
            counted(gone.enrichments, "enrichment"),
            counted(gone.answers, "answer"),
        )
    )
