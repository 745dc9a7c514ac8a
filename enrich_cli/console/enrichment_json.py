"""What is known for a customer's data type, as part of a JSON document."""

from __future__ import annotations

from typing import Any

from enrich_cli.domain.enrichment import Enrichment
from enrich_cli.domain.months import iso


def enrichment_json(known: Enrichment) -> dict[str, Any]:
    """Its members; unknown ones are null or empty."""
    return {
        "data_type": known.data_type.value,
        "status": known.status.value,
        "source": known.source or None,
        "confidence": known.confidence,
        "reasons": list(known.reasons),
        "cached_at": iso(known.cached_at),
        "expires_at": iso(known.expires_at),
        "data": known.data,
        "provenance": known.provenance,
    }
