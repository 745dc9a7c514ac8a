"""One stored customer, or several, as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from enrich_cli.domain.months import iso
from enrich_cli.store.showing import StoredCustomer


def customers_json(customers: Sequence[StoredCustomer], *, sandbox: bool) -> str:
    """One JSON document: the customer, or `matches` when several are called so."""
    found = [_as_json(customer) for customer in customers]
    document = found[0] if len(found) == 1 else {"matches": found}
    return json.dumps({**document, "sandbox": sandbox}, ensure_ascii=False)


def _as_json(customer: StoredCustomer) -> dict[str, Any]:
    return {
        "customer_id": customer.customer.id.shown,
        "fields": customer.customer.values(),
        "enrichments": [
            {
                "id": shown.id,
                "data_type": shown.enrichment.data_type.value,
                "status": shown.enrichment.status.value,
                "source": shown.enrichment.source or None,
                "confidence": shown.enrichment.confidence,
                "reasons": list(shown.enrichment.reasons),
                "cached_at": iso(shown.enrichment.cached_at),
                "expires_at": iso(shown.enrichment.expires_at),
                "fresh": shown.in_time,
                "data": shown.enrichment.data,
                "provenance": shown.enrichment.provenance,
            }
            for shown in customer.enrichments
        ],
    }
