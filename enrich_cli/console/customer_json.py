"""One stored customer, or several, as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from enrich_cli.console.enrichment_json import enrichment_json
from enrich_cli.store.showing import StoredCustomer


def customers_json(customers: Sequence[StoredCustomer], *, sandbox: bool) -> str:
    """One JSON document: the customer, or `matches` if several match."""
    found = [_as_json(customer) for customer in customers]
    document = found[0] if len(found) == 1 else {"matches": found}
    return json.dumps({**document, "sandbox": sandbox}, ensure_ascii=False)


def _as_json(customer: StoredCustomer) -> dict[str, Any]:
    return {
        "customer_id": customer.customer.id.shown,
        "fields": customer.customer.values(),
        "enrichments": [
            {"id": shown.id, "fresh": shown.in_time, **enrichment_json(shown.enrichment)}
            for shown in customer.enrichments
        ],
    }
