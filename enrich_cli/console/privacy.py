"""What was forgotten, as lines and as JSON. Names nobody."""

from __future__ import annotations

import json

from enrich_cli.domain.months import iso
from enrich_cli.store.forgetting import Receipt


def receipt_json(receipt: Receipt) -> str:
    """One JSON document."""
    gone = receipt.gone
    return json.dumps(
        {
            "company": receipt.company,
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
    """A few lines for people."""
    gone = receipt.gone
    return [
        f"forgotten for {receipt.company}: people {receipt.people}, of whom {receipt.stored} were stored",
        f"deleted: customers {gone.customers}, enrichments {gone.enrichments}, answers {gone.answers}",
        f"lookups in the books that no longer say of whom: {gone.lookups}",
        f"later runs know them by {receipt.identities} keyed hashes alone, and leave them alone",
    ]
