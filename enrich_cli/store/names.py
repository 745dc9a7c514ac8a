"""Names in a store, for shell completion: companies, runs, and customers with a plain id."""

from __future__ import annotations

from pathlib import Path

from enrich_cli.store.connection import reading

_MOST = 100
_COMPANIES = """
SELECT company_id FROM companies WHERE company_id >= :start UNION SELECT company_id FROM runs WHERE company_id >= :start
ORDER BY 1 LIMIT :most
"""
_RUNS = """
SELECT run_id FROM runs WHERE company_id = :company AND run_id >= :start AND state IN ('interrupted', 'crashed')
ORDER BY rowid DESC LIMIT :most
"""
_CUSTOMERS = """
SELECT customer_id FROM customers WHERE company_id = :company AND customer_id >= :start
AND customer_id NOT LIKE 'h@_%' ESCAPE '@' ORDER BY customer_id LIMIT :most
"""
"""An id that is not plain is stored as a keyed hash, which nobody types."""


def companies(path: Path, start: str) -> list[str]:
    """The companies whose ids begin with this. Raises StoreError, as do the others here."""
    return _names(path, _COMPANIES, "", start)


def resumable_runs(path: Path, company: str, start: str) -> list[str]:
    """The company's resumable runs whose ids begin with this, newest first."""
    return _names(path, _RUNS, company, start)


def customers(path: Path, company: str, start: str) -> list[str]:
    """The company's plain customer ids that begin with this."""
    return _names(path, _CUSTOMERS, company, start)


def _names(path: Path, query: str, company: str, start: str) -> list[str]:
    with reading(path) as connection:
        if connection is None:
            return []
        names = connection.execute(query, {"company": company, "start": start, "most": _MOST})
        return [name for (name,) in names if name.startswith(start)]
