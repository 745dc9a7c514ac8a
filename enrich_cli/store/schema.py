"""The tables, as numbered migrations. The first four tables are the contract's; the others are private.

Rowid tables with a unique index, never WITHOUT ROWID with bodies inside: that is several times faster. Money is in
micro-dollars, times are `domain.months.stamp` texts, every BLOB is sealed or a keyed hash.
"""

from __future__ import annotations

APPLICATION_ID = 0x656E7231
"""Marks a SQLite file as an enrich-cli store (`PRAGMA application_id`)."""

MIGRATION_SET = "enrich-cli"

M001_FIRST_STORE = """
CREATE TABLE customer_enrichment_data (
    id INTEGER PRIMARY KEY,
    company_id TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    data_type TEXT NOT NULL,
    source TEXT NOT NULL,
    enrichment_data BLOB,
    confidence_score REAL,
    cached_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('found', 'not_found')),
    fingerprint BLOB NOT NULL,
    run_id TEXT NOT NULL
);
CREATE UNIQUE INDEX enrichment_of ON customer_enrichment_data (company_id, customer_id, data_type);

CREATE TABLE customer_enrichment_usage (
    id INTEGER PRIMARY KEY,
    company_id TEXT NOT NULL,
    month_year TEXT NOT NULL,
    enrichments_count INTEGER NOT NULL DEFAULT 0 CHECK (enrichments_count >= 0),
    enrichments_limit INTEGER,
    api_costs INTEGER NOT NULL DEFAULT 0 CHECK (api_costs >= 0),
    tier TEXT NOT NULL
);
CREATE UNIQUE INDEX usage_of ON customer_enrichment_usage (company_id, month_year);

CREATE TABLE provider_lookups (
    id INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL,
    company_id TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    data_type TEXT NOT NULL,
    provider TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('found', 'not_found', 'failed', 'in_doubt')),
    latency_ms INTEGER,
    retries INTEGER NOT NULL,
    cost INTEGER NOT NULL CHECK (cost >= 0),
    in_doubt INTEGER NOT NULL CHECK (in_doubt >= 0),
    at TEXT NOT NULL,
    fields TEXT NOT NULL
);
CREATE INDEX lookups_by_time ON provider_lookups (company_id, at);

CREATE TABLE run_customers (
    run_id TEXT NOT NULL,
    company_id TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    outcome TEXT,
    counted INTEGER NOT NULL DEFAULT 0 CHECK (counted IN (0, 1)),
    at TEXT
);
CREATE UNIQUE INDEX run_customer_of ON run_customers (company_id, customer_id, run_id);
CREATE UNIQUE INDEX claim_on ON run_customers (company_id, customer_id) WHERE outcome IS NULL;

CREATE TABLE companies (
    company_id TEXT PRIMARY KEY,
    tier TEXT NOT NULL
);

CREATE TABLE company_keys (
    company_id TEXT PRIMARY KEY,
    sealing_key BLOB NOT NULL,
    index_key BLOB NOT NULL
);

CREATE TABLE customers (
    id INTEGER PRIMARY KEY,
    company_id TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    fields BLOB NOT NULL,
    fingerprint BLOB NOT NULL,
    email_hash BLOB,
    phone_hash BLOB,
    name_hash BLOB,
    address_hash BLOB,
    seen_at TEXT NOT NULL
);
CREATE UNIQUE INDEX customer_of ON customers (company_id, customer_id);
CREATE INDEX customers_by_email ON customers (company_id, email_hash);
CREATE INDEX customers_by_phone ON customers (company_id, phone_hash);
CREATE INDEX customers_by_name ON customers (company_id, name_hash);

CREATE TABLE answers (
    id INTEGER PRIMARY KEY,
    company_id TEXT NOT NULL,
    question BLOB NOT NULL,
    customer_id TEXT NOT NULL,
    provider TEXT NOT NULL,
    run_id TEXT NOT NULL,
    at TEXT NOT NULL,
    status INTEGER NOT NULL,
    cost INTEGER NOT NULL,
    in_doubt INTEGER NOT NULL,
    body BLOB NOT NULL
);
CREATE UNIQUE INDEX answer_to ON answers (company_id, question);
CREATE INDEX answers_about ON answers (company_id, customer_id);

CREATE TABLE shared_answers (
    company_id TEXT NOT NULL,
    question BLOB NOT NULL,
    customer_id TEXT NOT NULL
);
CREATE UNIQUE INDEX shared_answer_of ON shared_answers (company_id, question, customer_id);

CREATE TABLE open_lookups (
    run_id TEXT NOT NULL,
    lookup INTEGER NOT NULL,
    company_id TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    data_type TEXT NOT NULL,
    provider TEXT NOT NULL,
    question BLOB NOT NULL,
    busy INTEGER NOT NULL,
    in_air INTEGER NOT NULL,
    aside INTEGER NOT NULL,
    cost INTEGER NOT NULL DEFAULT 0,
    in_doubt INTEGER NOT NULL DEFAULT 0,
    at TEXT NOT NULL,
    fields TEXT NOT NULL
);
CREATE UNIQUE INDEX open_lookup_of ON open_lookups (run_id, lookup);
CREATE UNIQUE INDEX asked_by ON open_lookups (company_id, question) WHERE busy = 1;

CREATE TABLE runs (
    run_id TEXT PRIMARY KEY,
    company_id TEXT NOT NULL,
    command TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'done', 'interrupted', 'crashed')),
    sandbox INTEGER NOT NULL,
    resumes TEXT,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    counts TEXT,
    cost INTEGER NOT NULL DEFAULT 0,
    in_doubt INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX runs_of ON runs (company_id, started_at);

CREATE TABLE objections (
    company_id TEXT NOT NULL,
    identity BLOB NOT NULL,
    at TEXT NOT NULL
);
CREATE UNIQUE INDEX objection_of ON objections (company_id, identity);

CREATE TABLE store_marks (
    mark TEXT PRIMARY KEY
);
"""

M002_SKIPPED_TYPES = "ALTER TABLE runs ADD COLUMN skipped_types TEXT NOT NULL DEFAULT '';\n"

M003_PRIVACY = """
ALTER TABLE company_keys ADD COLUMN old_sealing_key BLOB;

CREATE TABLE company_access (
    key_id TEXT PRIMARY KEY,
    company_id TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    secret BLOB NOT NULL,
    sealing_key BLOB NOT NULL,
    index_key BLOB NOT NULL,
    old_sealing_key BLOB
);

CREATE TABLE purges (
    company_id TEXT PRIMARY KEY,
    before TEXT NOT NULL
);
"""

M004_REFUSED_CONFIDENCE = "ALTER TABLE customer_enrichment_data ADD COLUMN refused_confidence REAL;\n"

M005_FAILED_TYPES = """
ALTER TABLE run_customers ADD COLUMN failed_types TEXT;
UPDATE run_customers SET failed_types = (
    SELECT json_group_array(kind.value) FROM json_each('["person","business","social","property"]') kind
    WHERE NOT EXISTS (
        SELECT 1 FROM customer_enrichment_data e JOIN runs ON runs.run_id = run_customers.run_id
        WHERE e.company_id = run_customers.company_id AND e.customer_id = run_customers.customer_id
            AND e.data_type = kind.value
            AND (e.cached_at >= runs.started_at OR runs.command <> 'refresh' AND e.expires_at > runs.started_at)
    )
) WHERE outcome IN ('failed', 'partial') AND rowid = (
    SELECT max(rowid) FROM run_customers l
    WHERE l.company_id = run_customers.company_id AND l.customer_id = run_customers.customer_id
        AND l.outcome <> 'crashed'
);
"""
"""A JSON list of data types; null when none failed. Before, it was not written down which: all that were not well."""

M006_SHARED_BY = """
ALTER TABLE shared_answers ADD COLUMN run_id TEXT;
ALTER TABLE shared_answers ADD COLUMN answered_at TEXT;
UPDATE shared_answers SET run_id = (
    SELECT c.run_id FROM run_customers c WHERE c.company_id = shared_answers.company_id
        AND c.customer_id = shared_answers.customer_id AND c.counted = 1 AND c.outcome <> 'crashed' AND c.at >= (
            SELECT a.at FROM answers a
            WHERE a.company_id = shared_answers.company_id AND a.question = shared_answers.question
        )
    ORDER BY c.rowid DESC LIMIT 1
), answered_at = (
    SELECT a.at FROM answers a WHERE a.company_id = shared_answers.company_id AND a.question = shared_answers.question
);
"""
"""The last run to which an answer, of this time, was news about this customer."""

MIGRATIONS: tuple[tuple[str, str], ...] = (
    ("m001_first_store", M001_FIRST_STORE),
    ("m002_skipped_types", M002_SKIPPED_TYPES),
    ("m003_privacy", M003_PRIVACY),
    ("m004_refused_confidence", M004_REFUSED_CONFIDENCE),
    ("m005_failed_types", M005_FAILED_TYPES),
    ("m006_shared_by", M006_SHARED_BY),
)
"""Name → SQL, in order. Only ever added to."""
