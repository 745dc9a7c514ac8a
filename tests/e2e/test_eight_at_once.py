"""Eight processes on one store at the same time."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits, Result, Serve

pytestmark = pytest.mark.slow

EIGHT = range(8)
LIMIT = 50


def all_at_once(cli: Cli, *commands: tuple[str, ...]) -> list[Result]:
    return [running.wait() for running in [cli.start(*command) for command in commands]]


def test_mixed_companies_never_exceed_a_limit_lose_a_count_or_find_the_store_locked(
    cli: Cli, serve: Serve, hits: Hits
) -> None:
    for number in EIGHT:
        cli.source(hits(30, company=f"pumps-{number}-of-"), f"{number}.csv")
    with serve(latency=0.02) as sandbox:
        cli.asks(sandbox)
        results = all_at_once(
            cli,
            *(
                ("--company", f"company-{number % 3}", "enrich", f"{number}.csv", "--types", "person", "--json")
                for number in EIGHT
            ),
        )
        cli.assert_whole(sandbox.bill())
        assert {result.code for result in results} <= {0, 4}
        assert all("locked" not in result.err for result in results)
        counts = sum((Counter(result.counts) for result in results), Counter[str]())
        assert counts == {"enriched": 3 * LIMIT, "over_quota": 8 * 30 - 3 * LIMIT}
        assert sandbox.bill() == Decimal("0.10") * 3 * LIMIT
    assert cli.rows("SELECT company_id, enrichments_count FROM customer_enrichment_usage ORDER BY 1") == [
        (f"company-{number}", LIMIT) for number in range(3)
    ]


def test_they_pay_each_customer_once(cli: Cli, serve: Serve, hits: Hits) -> None:
    source = cli.source(hits(40))
    with serve(latency=0.02) as sandbox:
        cli.asks(sandbox)
        results = all_at_once(cli, *[("enrich", source, "--types", "person", "--json")] * 8)
        assert {result.code for result in results} == {0}
        counts = sum((Counter(result.counts) for result in results), Counter[str]())
        assert counts == {"enriched": 40, "cached": 7 * 40}
        assert sandbox.bill() == Decimal("4.00")
        cli.assert_whole(sandbox.bill())


def test_they_keep_one_pace(cli: Cli, serve: Serve, hits: Hits) -> None:
    """Eight jobs with 10 requests a second each would make 80."""
    cli.run("set-tier", "pro")
    for number in EIGHT:
        cli.source(hits(12, company=f"pumps-{number}-of-"), f"{number}.csv")
    with serve() as sandbox:
        cli.asks(sandbox)
        cli.settings["CLEARBIT_RATE"] = "10/1s"
        results = all_at_once(cli, *(("enrich", f"{number}.csv", "--types", "person") for number in EIGHT))
        arrivals = sorted(sandbox.arrivals("clearbit"))
    assert {result.code for result in results} == {0}
    assert len(arrivals) == 8 * 12
    # On a busy machine a request that was let go may arrive late, and so near to the next ones; but no more arrive.
    assert arrivals[-1] - arrivals[0] > (len(arrivals) - 20) / 10
    assert all(later - earlier > 1 for earlier, later in zip(arrivals, arrivals[20:], strict=False))
