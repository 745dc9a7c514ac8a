"""Logs for machines: one event a line, and nothing personal in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits, Result, Serve

PERSONAL = ("Ada", "Sample", "@", "pumps", "secret-of", "?", "http")


def events(result: Result) -> list[dict[str, Any]]:
    """Standard error, which is one JSON object a line."""
    return [json.loads(line) for line in result.err.splitlines()]


def test_a_run_tells_each_lookup_as_the_ledger_has_it(cli: Cli, hits: Hits) -> None:
    source = cli.source([*hits(2), "ben.archer+miss@freight.example"])
    result = cli.run("--log-format", "json", "enrich", source, "--types", "person", "--json")
    first, *between, last = events(result)
    assert (result.code, first["event"], last["event"]) == (0, "run_began", "run_ended")
    assert {event["run_id"] for event in (first, *between, last)} == {result.report["run_id"]}
    told = [
        (one["customer_id"], one["data_type"], one["provider"], one["outcome"], one["latency_ms"]) for one in between
    ]
    ledger = "SELECT customer_id, data_type, provider, outcome, latency_ms FROM provider_lookups"
    assert sorted(told) == sorted(cli.rows(ledger))
    assert {event["event"] for event in between} == {"lookup"}
    assert last["customers"]["enriched"] == 2
    assert not [word for word in PERSONAL if word in result.err]


def test_trouble_is_told_without_what_is_personal_or_secret(cli: Cli, serve: Serve, hits: Hits) -> None:
    with serve("clearbit=401", "fullcontact=503", "hunter=close") as sandbox:
        cli.asks(sandbox)
        result = cli.run("--log-format", "json", "enrich", cli.source(hits(2)), "--types", "person")
    told = events(result)
    closed = [event for event in told if event["event"] == "provider_closed"]
    assert [event["provider"] for event in closed] == ["clearbit"]
    assert {event["outcome"] for event in told if event["event"] == "lookup"} == {"failed"}
    assert all(event["reason"] for event in told if event["event"] == "lookup")
    assert not [word for word in PERSONAL if word in result.err]


def test_an_error_is_an_event_too(cli: Cli) -> None:
    result = cli.run("--log-format", "json", "enrich", "absent.csv")
    (error,) = events(result)
    assert (result.code, error["event"]) == (2, "error")
    assert "absent.csv" in error["message"]


def test_with_v_people_read_each_lookup(cli: Cli, hits: Hits) -> None:
    result = cli.run("-v", "enrich", cli.source(hits(1)), "--types", "person")
    (lookup,) = (line for line in result.err.splitlines() if " lookup " in line)
    assert "provider=clearbit outcome=found" in lookup
    assert "@" not in result.err


def test_an_unknown_format_is_exit_2(cli: Cli) -> None:
    result = cli.run("--log-format", "jsn", "quota")
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert "did you mean json?" in result.err
