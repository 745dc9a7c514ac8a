"""The saved enrichments: one current row per customer and data type, its content sealed."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace

import orjson

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Enrichment, Known
from enrich_cli.domain.months import from_stamp, stamp
from enrich_cli.store.cipher import Cipher

_TABLE = "customer_enrichment_data"
_LOAD = """
SELECT status, source, enrichment_data, confidence_score, cached_at, expires_at, fingerprint, run_id
FROM customer_enrichment_data WHERE company_id = ? AND customer_id = ? AND data_type = ?
"""
_SAVE = """
INSERT INTO customer_enrichment_data (company_id, customer_id, data_type, source, enrichment_data, confidence_score,
    cached_at, expires_at, status, fingerprint, run_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (company_id, customer_id, data_type) DO UPDATE SET source = excluded.source,
    enrichment_data = excluded.enrichment_data, confidence_score = excluded.confidence_score,
    cached_at = excluded.cached_at, expires_at = excluded.expires_at, status = excluded.status,
    fingerprint = excluded.fingerprint, run_id = excluded.run_id
"""


@dataclass(frozen=True, slots=True)
class SavedEnrichment:
    """An enrichment with what tells whether it is fresh."""

    enrichment: Enrichment
    fingerprint: bytes
    run_id: str


class Enrichments:
    """The enrichments of one company."""

    def __init__(self, connection: sqlite3.Connection, company: str, cipher: Cipher) -> None:
        self._connection = connection
        self._company = company
        self._cipher = cipher

    def load(self, customer_id: str, data_type: DataType) -> SavedEnrichment | None:
        """What is saved, fresh or not; raises SealBroken."""
        row = self._connection.execute(
            _LOAD,
            (self._company, customer_id, data_type.value),
        ).fetchone()
        if row is None:
            return None
        status, source, sealed, confidence, cached_at, expires_at, fingerprint, run_id = row
        content = orjson.loads(self._cipher.unseal(sealed, _TABLE, customer_id, data_type.value)) if sealed else {}
        enrichment = Enrichment(
            data_type=data_type,
            status=Known(status),
            source=source,
            confidence=confidence,
            cached_at=from_stamp(cached_at),
            expires_at=from_stamp(expires_at),
            data=content.get("data"),
            provenance=content.get("provenance"),
            reasons=tuple(content.get("reasons", ())),
        )
        return SavedEnrichment(enrichment, fingerprint, run_id)

    def save(self, customer_id: str, enrichment: Enrichment, fingerprint: bytes, run_id: str) -> Enrichment:
        """Save what was found, or that nothing was; returns what is there now for a customer with these fields.

        Nothing found leaves found data in place and renews its times. Data that was found for other fields stays, too,
        but as it was: it may be about somebody else than this customer now.
        """
        if enrichment.status is Known.NOT_FOUND and (saved := self.load(customer_id, enrichment.data_type)):
            if saved.fingerprint != fingerprint and saved.enrichment.status is Known.FOUND:
                return enrichment
            enrichment = replace(saved.enrichment, cached_at=enrichment.cached_at, expires_at=enrichment.expires_at)
        sealed = None
        if enrichment.data is not None:
            content = {"data": enrichment.data, "provenance": enrichment.provenance, "reasons": enrichment.reasons}
            sealed = self._cipher.seal(orjson.dumps(content), _TABLE, customer_id, enrichment.data_type.value)
        self._connection.execute(
            _SAVE,
            (
                self._company,
                customer_id,
                enrichment.data_type.value,
                enrichment.source,
                sealed,
                enrichment.confidence,
                stamp(enrichment.cached_at),
                stamp(enrichment.expires_at),
                enrichment.status.value,
                fingerprint,
                run_id,
            ),
        )
        return enrichment
