"""The rules that always hold between the rows of a store, as queries for what breaks them."""

from __future__ import annotations

from enrich_cli.domain.money import Money

_SAME_COSTS = """
SELECT company, month, SUM(usage), SUM(ledger) FROM (
    SELECT company_id AS company, month_year AS month, api_costs AS usage, 0 AS ledger FROM customer_enrichment_usage
    UNION ALL SELECT company_id, substr(at, 1, 7), 0, cost + in_doubt FROM provider_lookups
) GROUP BY company, month HAVING SUM(usage) <> SUM(ledger)
"""
_SAME_COUNTS = """
SELECT company, month, SUM(usage), SUM(counted) FROM (
    SELECT company_id AS company, month_year AS month, enrichments_count AS usage, 0 AS counted
    FROM customer_enrichment_usage
    UNION ALL SELECT company_id, substr(at, 1, 7), 0, counted FROM run_customers WHERE counted = 1
) GROUP BY company, month HAVING SUM(usage) <> SUM(counted)
"""
_RUN_COSTS, _RUN_DOUBTS = (
    f"""
SELECT r.run_id, r.{money}, COALESCE(SUM(l.{money}), 0) FROM runs r
LEFT JOIN provider_lookups l ON l.run_id = r.run_id
GROUP BY r.run_id HAVING r.{money} <> COALESCE(SUM(l.{money}), 0)
"""  # noqa: S608 our columns
    for money in ("cost", "in_doubt")
)
_COUNTED_UNSAVED = """
SELECT c.run_id, c.customer_id FROM run_customers c
WHERE c.counted = 1 AND c.customer_id NOT LIKE 'forgotten@_%' ESCAPE '@'
AND c.at > COALESCE((SELECT before FROM purges p WHERE p.company_id = c.company_id), '') AND NOT EXISTS (
    SELECT 1 FROM customer_enrichment_data e LEFT JOIN runs r ON r.run_id = e.run_id
    WHERE e.company_id = c.company_id AND e.customer_id = c.customer_id AND (
        e.status = 'found' OR (e.cached_at > c.at AND (e.run_id <> c.run_id OR r.started_at > c.at))
    )
)
"""
"""After a customer's fields change, a later run that finds nothing replaces what was found before. So does a run that
resumes the run that counted, and now has its row.
"""
_SAVED_UNCOUNTED = """
SELECT e.run_id, e.customer_id FROM customer_enrichment_data e
WHERE e.status = 'found' AND NOT EXISTS (
    SELECT 1 FROM run_customers c
    WHERE c.company_id = e.company_id AND c.customer_id = e.customer_id AND c.counted = 1
)
"""
_NOT_AS_ITS_STATUS = """
SELECT data_type, customer_id, status, CASE WHEN enrichment_data IS NULL THEN 'no data' ELSE 'some data' END
FROM customer_enrichment_data WHERE (status = 'found') = (enrichment_data IS NULL)
UNION ALL SELECT data_type, customer_id, status, CASE source WHEN '' THEN 'no source' ELSE 'a source' END
FROM customer_enrichment_data WHERE (status = 'found') = (source = '')
"""
_WITHOUT_TIME = """
SELECT data_type, customer_id FROM customer_enrichment_data
WHERE COALESCE(julianday(cached_at) > julianday(expires_at), 1)
"""
_OF_NO_CUSTOMER = """
SELECT e.data_type, e.customer_id FROM customer_enrichment_data e
LEFT JOIN customers c ON c.company_id = e.company_id AND c.customer_id = e.customer_id WHERE c.customer_id IS NULL
"""
_LANDED_NOWHERE = """
SELECT run_id, customer_id, outcome FROM run_customers WHERE outcome NOT IN (SELECT value FROM json_each(:outcomes))
"""
_OPEN_OF_ENDED_RUNS = """
SELECT 'open_lookups', o.run_id, o.lookup FROM open_lookups o
LEFT JOIN runs r ON r.run_id = o.run_id WHERE r.state IS NOT 'running'
UNION ALL SELECT 'run_customers', c.run_id, c.customer_id FROM run_customers c
LEFT JOIN runs r ON r.run_id = c.run_id WHERE c.outcome IS NULL AND r.state IS NOT 'running'
"""
_NO_CONFIDENCE = """
SELECT data_type, customer_id, confidence FROM (
    SELECT data_type, customer_id, CASE status WHEN 'found' THEN COALESCE(confidence_score, 'none')
        ELSE confidence_score END AS confidence FROM customer_enrichment_data
    UNION ALL SELECT data_type, customer_id, refused_confidence FROM customer_enrichment_data
) WHERE confidence IS NOT NULL AND (typeof(confidence) <> 'real' OR confidence NOT BETWEEN 0 AND 1)
"""
_NO_TIER = "SELECT company_id, tier FROM companies WHERE tier NOT IN (SELECT key FROM json_each(:limits))"
_NOT_THE_LIMIT = """
SELECT company_id, month_year, tier, COALESCE(enrichments_limit, 'none') FROM customer_enrichment_usage u
WHERE NOT EXISTS (SELECT 1 FROM json_each(:limits) t WHERE t.key = u.tier AND t.value IS u.enrichments_limit)
"""
_NOT_THE_TIER = """
SELECT u.company_id, u.month_year, u.tier, COALESCE(c.tier, 'free') FROM customer_enrichment_usage u
LEFT JOIN companies c ON c.company_id = u.company_id
WHERE u.month_year = :month AND u.tier <> COALESCE(c.tier, 'free') AND NOT EXISTS (
    SELECT 1 FROM customer_enrichment_usage later WHERE later.company_id = u.company_id AND later.month_year > :month
)
"""
"""Only for this month: if there is a later one, the clock was set back since the tier was changed."""
_NO_HASH = """
SELECT 'objections', company_id, COUNT(*) FROM objections
WHERE typeof(identity) <> 'blob' OR length(identity) <> 16 GROUP BY company_id
"""
RULES = (
    (_SAME_COSTS, Money, "costs of {} in {}: usage says ${}, the ledger ${}"),
    (_SAME_COUNTS, int, "count of {} in {}: usage says {}, run_customers {}"),
    (_RUN_COSTS, Money, "costs of run {}: the run says ${}, the ledger ${}"),
    (_RUN_DOUBTS, Money, "doubt of run {}: the run says ${}, the ledger ${}"),
    (_COUNTED_UNSAVED, int, "run {} counted customer {}, but nothing is saved"),
    (_SAVED_UNCOUNTED, int, "run {} saved data for customer {}, who was never counted"),
    (_NOT_AS_ITS_STATUS, int, "{} of customer {} is {}, with {}"),
    (_WITHOUT_TIME, int, "{} of customer {} has an invalid time"),
    (_OF_NO_CUSTOMER, int, "{} is saved for customer {}, who is not in customers"),
    (_NO_CONFIDENCE, int, "{} of customer {} has a confidence of {}"),
    (_NO_TIER, int, "company {} has tier {}, which does not exist"),
    (_NOT_THE_LIMIT, int, "usage of {} in {}: tier {} with a limit of {}"),
    (_NOT_THE_TIER, int, "usage of {} in {}: tier {}, but the company has {}"),
    (_NO_HASH, int, "{}: of {}, {} are not keyed hashes"),
    (_LANDED_NOWHERE, int, "run {} has customer {} as {}, which is no outcome"),
    (_OPEN_OF_ENDED_RUNS, int, "{} of run {}, which has ended: {} is still open"),
)
"""A query for what breaks a rule, what its numbers are, and how to say it.

`:month` is this month, `:limits` a JSON object with the limit of each tier, `:outcomes` a list of where a customer can
land.
"""
