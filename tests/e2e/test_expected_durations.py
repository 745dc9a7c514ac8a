"""What a dry run says of a run's duration is what the run then takes, over real sockets, within a fifth."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits, SandboxProcess, Serve

PERSON = ("--types", "person")
README = Path(__file__).parents[2] / "README.md"


def said_and_done(cli: Cli, source: str, *options: str) -> tuple[dict[str, Any], float]:
    """The forecast, and what the same run really takes, in seconds."""
    forecast = cli.run("enrich", source, *options, "--dry-run", "--json").report
    return forecast, cli.run("enrich", source, *options, "--json").report["duration_s"]


def some(word: str, *, found: int, missed: int) -> list[str]:
    """Addresses, so many of which every vendor knows, and so many none; in turns."""
    marks = ["hit" if found * place % (found + missed) < found else "miss" for place in range(found + missed)]
    return [f"ada.sample{place}+{mark}@{word}{place}.example" for place, mark in enumerate(marks)]


def test_where_a_vendor_s_pace_limits_it(cli: Cli, hits: Hits) -> None:
    """27 requests at five a second: the last leaves after 5 s, of a store that knows of no lookup yet."""
    cli.settings |= {"CLEARBIT_RATE": "5/1s", "ENRICHMENT_PERSON_PROVIDERS": "clearbit"}
    forecast, seconds = said_and_done(cli, cli.source(hits(27)), *PERSON)
    assert forecast["bottleneck"] == "clearbit"
    assert forecast["providers"][0] == {"provider": "clearbit", "requests": 27, "rate": "5/1s", "seconds": 5.0}
    assert forecast["expected_duration_s"] == pytest.approx(seconds, rel=0.2)


@pytest.mark.slow
def test_where_concurrency_limits_it(cli: Cli, serve: Serve, hits: Hits) -> None:
    """110 lookups of half a second, five at once. How long one takes is known from five before."""
    with serve(latency=0.5) as sandbox:
        cli.asks(sandbox)
        cli.settings |= {"ENRICHMENT_PERSON_PROVIDERS": "clearbit"}
        cli.run("set-tier", "enterprise")
        cli.run("enrich", cli.source(hits(5, company="foods"), "before.csv"), *PERSON)
        forecast, seconds = said_and_done(cli, cli.source(hits(110)), *PERSON, "--concurrency", "5")
    assert forecast["bottleneck"] == "--concurrency"
    assert forecast["expected_duration_s"] == pytest.approx(seconds, rel=0.2)


@pytest.mark.slow
def test_where_the_last_of_a_chain_limits_it_whose_part_follows_from_the_ledger(
    cli: Cli, sandbox: SandboxProcess
) -> None:
    """Clearbit finds 70 of 100: hunter is asked about the others, 42 of 140, the last of them after 8 s."""
    cli.run("set-tier", "enterprise")
    cli.run("enrich", cli.source(some("foods", found=70, missed=30), "before.csv"), *PERSON)
    sandbox.reset()
    cli.settings |= {"CLEARBIT_RATE": "60/1s", "HUNTER_RATE": "5/1s"}
    forecast, seconds = said_and_done(cli, cli.source(some("pumps", found=98, missed=42)), *PERSON)
    assert forecast["bottleneck"] == "hunter"
    assert forecast["expected_duration_s"] == pytest.approx(seconds, rel=0.2)
    asked = {vendor: sum(by_status.values()) for vendor, by_status in sandbox.requests().items()}
    for load in forecast["providers"]:
        assert load["requests"] == pytest.approx(asked[load["provider"]], rel=0.2)


@pytest.mark.slow
def test_where_a_chain_of_several_vendors_holds_the_places(cli: Cli, serve: Serve) -> None:
    """Half of 100 customers take one lookup, the others three: 200 lookups of 0.3 s, six at once."""
    with serve(latency=0.3) as sandbox:
        cli.asks(sandbox)
        cli.run("set-tier", "enterprise")
        cli.run("enrich", cli.source(some("foods", found=20, missed=20), "before.csv"), *PERSON)
        options = (*PERSON, "--concurrency", "6")
        forecast, seconds = said_and_done(cli, cli.source(some("pumps", found=50, missed=50)), *options)
    assert forecast["bottleneck"] == "--concurrency"
    assert forecast["expected_duration_s"] == pytest.approx(seconds, rel=0.2)


@pytest.mark.slow
def test_where_a_cap_ends_it_before_its_time(cli: Cli, hits: Hits) -> None:
    """$3 buy 30 lookups of 60: the last leaves after 5 s, not 11."""
    cli.settings |= {"CLEARBIT_RATE": "5/1s", "ENRICHMENT_PERSON_PROVIDERS": "clearbit"}
    cli.run("set-tier", "enterprise")
    forecast, seconds = said_and_done(cli, cli.source(hits(60)), *PERSON, "--max-cost", "3")
    assert forecast["expected_duration_s"] == pytest.approx(seconds, rel=0.2)


@pytest.mark.slow
def test_what_a_refresh_takes_is_said_as_well(cli: Cli, hits: Hits) -> None:
    cli.settings |= {"ENRICHMENT_PERSON_PROVIDERS": "clearbit"}
    cli.run("set-tier", "enterprise")
    cli.run("enrich", cli.source(hits(27)), *PERSON)
    cli.settings |= {"CLEARBIT_RATE": "5/1s"}
    forecast = cli.run("refresh", *PERSON, "--dry-run", "--json").report
    seconds = cli.run("refresh", *PERSON, "--json").report["duration_s"]
    assert (forecast["bottleneck"], forecast["providers"][0]["requests"]) == ("clearbit", 27)
    assert forecast["expected_duration_s"] == pytest.approx(seconds, rel=0.2)


def test_the_example_of_the_readme_is_what_the_program_says(cli: Cli) -> None:
    """Its customers, with the paces that providers come with."""
    section = README.read_text(encoding="utf-8").partition("\n## What limits a run\n")[2].partition("\n## ")[0]
    table = re.findall(r"^\| ([a-z_]+) \| .* \| (\d+) \| `(.+)` \| (\d+) s \|$", section, re.MULTILINE)
    cli.settings = {name: value for name, value in cli.settings.items() if not name.endswith("_RATE")}
    cli.settings |= {"GOOGLE_PLACES_API_KEY": "secret-of-google", "OPENCORPORATES_API_KEY": "secret-of-register"}
    cli.run("set-tier", "pro")
    rows = [f"ada.sample{place}@pumps{place}.example,Pumps {place},Chicago" for place in range(500)]
    source = cli.write("customers.csv", "\n".join(["Email,Company,City", *rows, ""]))
    asked = ("enrich", source, "--types", "person,business", "--dry-run")
    said = cli.run(*asked, "--json").report["providers"]
    assert table == [(load["provider"], str(load["requests"]), load["rate"], f"{load['seconds']:.0f}") for load in said]
    (line,) = (line.strip() for line in cli.run(*asked).out.splitlines() if "takes" in line)
    assert line in section
    cli.settings["ENRICHMENT_BUSINESS_PROVIDERS"] = "google_places"
    without = cli.run(*asked, "--json").report
    assert f"{without['bottleneck']} is next, at {without['expected_duration_s']:.0f} s" in section
