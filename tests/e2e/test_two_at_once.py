"""Two processes on the same file and the same store at the same time."""

from __future__ import annotations

import signal
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits, Serve


def test_each_customer_is_bought_once(cli: Cli, serve: Serve, hits: Hits) -> None:
    source = cli.source(hits(40))
    with serve(latency=0.05) as sandbox:
        cli.asks(sandbox)
        command = ("enrich", source, "--types", "person", "--concurrency", "4", "--json")
        results = [running.wait() for running in [cli.start(*command), cli.start(*command)]]
        assert [result.code for result in results] == [0, 0]
        assert sum(map(Counter, (result.counts for result in results)), Counter()) == {"enriched": 40, "cached": 40}
        assert str(sandbox.bill()) == "4.00"
        cli.assert_whole(sandbox.bill())
    assert cli.run("quota", "--json").report["used"] == 40


def test_the_second_uses_what_the_first_was_asking_for_even_on_a_tier_without_cache(
    cli: Cli, serve: Serve, hits: Hits
) -> None:
    cli.run("set-tier", "enterprise")
    cli.source(hits(3), "three.csv")
    cli.source(hits(4), "four.csv")
    with serve(latency=2.0) as sandbox:
        cli.asks(sandbox)
        first = cli.start("enrich", "three.csv", "--types", "person", "--json")
        sandbox.until_asked(3)
        with sandbox.stopped():
            second = cli.start("enrich", "four.csv", "--types", "person", "--json")
            cli.until_rows("SELECT * FROM run_customers", 4)
        assert first.wait().counts == {"enriched": 3}
        assert second.wait().counts == {"enriched": 1, "cached": 3}
        assert str(sandbox.bill()) == "0.40"


def test_the_second_takes_over_what_the_first_dies_over(cli: Cli, serve: Serve, hits: Hits) -> None:
    source = cli.source(hits(3))
    with serve("*:timeout") as silent, serve() as sandbox:
        cli.asks(silent)
        first = cli.start("enrich", source, "--types", "person")
        silent.until_asked(3)
        cli.asks(sandbox)
        second = cli.start("enrich", source, "--types", "person", "--json")
        cli.until_rows("SELECT * FROM runs", 2)
        assert sandbox.asked() == 0
        first.signal(signal.SIGKILL)
        result = second.wait()
        assert (result.code, result.counts) == (0, {"enriched": 3})
        cli.assert_whole(sandbox.bill() + silent.bill())


def test_together_they_stay_within_the_quota(cli: Cli, serve: Serve, hits: Hits) -> None:
    cli.source(hits(40), "one.csv")
    cli.source(hits(40, company="valves"), "two.csv")
    with serve(latency=0.02) as sandbox:
        cli.asks(sandbox)
        both = [cli.start("enrich", name, "--types", "person", "--json") for name in ("one.csv", "two.csv")]
        counts = sum((Counter(running.wait().counts) for running in both), Counter[str]())
        assert counts == {"enriched": 50, "over_quota": 30}
        assert str(sandbox.bill()) == "5.00"
        cli.assert_whole(sandbox.bill())


def test_together_they_stay_within_the_budget(cli: Cli, serve: Serve, hits: Hits) -> None:
    cli.settings |= {"ENRICHMENT_MONTHLY_BUDGET_USD": "1.25", "ENRICHMENT_PERSON_PROVIDERS": "clearbit"}
    cli.source(hits(10), "one.csv")
    cli.source(hits(10, company="valves"), "two.csv")
    with serve(latency=0.02) as sandbox:
        cli.asks(sandbox)
        both = [cli.start("enrich", name, "--types", "person", "--json") for name in ("one.csv", "two.csv")]
        counts = sum((Counter(running.wait().counts) for running in both), Counter[str]())
        assert counts == {"enriched": 12, "over_quota": 8}
        assert str(sandbox.bill()) == "1.20"
