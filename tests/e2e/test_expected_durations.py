"""What a dry run says of a run's duration is what the run then takes, over real sockets, within a fifth."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits, SandboxProcess, Serve

SaidAndDone: TypeAlias = tuple[dict[str, Any], float]
"""The forecast, and what the same run really takes, in seconds."""
PERSON = ("--types", "person")
TRIES = 3
"""Whatever else the machine does makes one run longer than was said; a wrong forecast is wrong every time."""
README = Path(__file__).parents[2] / "README.md"


def said_and_done(cli: Cli, *command: str) -> SaidAndDone:
    forecast = cli.run(*command, "--dry-run", "--json").report
    return forecast, cli.run(*command, "--json").report["duration_s"]


def held(cli: Cli, attempt: Callable[[], SaidAndDone]) -> dict[str, Any]:
    """The first forecast that holds within a fifth; each attempt has a store and settings of its own."""
    settings, tried = cli.settings, []
    for number in range(TRIES):
        cli.store = cli.folder / f"store-{number}.db"
        cli.settings = settings | {"ENRICHMENT_DB": str(cli.store)}
        forecast, seconds = attempt()
        if forecast["expected_duration_s"] == pytest.approx(seconds, rel=0.2):
            return forecast
        tried.append((forecast["expected_duration_s"], seconds))
    pytest.fail(f"said and done: {tried}")


def some(word: str, *, found: int, missed: int) -> list[str]:
    """Addresses, so many of which every vendor knows, and so many none; in turns."""
    marks = ["hit" if found * place % (found + missed) < found else "miss" for place in range(found + missed)]
    return [f"ada.sample{place}+{mark}@{word}{place}.example" for place, mark in enumerate(marks)]


@pytest.mark.slow
def test_where_a_vendor_s_pace_limits_it(cli: Cli, hits: Hits) -> None:
    """27 requests at five a second: the last leaves after five windows, each kept a little longer than a second."""
    cli.settings |= {"CLEARBIT_RATE": "5/1s", "ENRICHMENT_PERSON_PROVIDERS": "clearbit"}
    forecast = held(cli, lambda: said_and_done(cli, "enrich", cli.source(hits(27)), *PERSON))
    assert forecast["bottleneck"] == "clearbit"
    assert forecast["providers"][0] == {"provider": "clearbit", "requests": 27, "rate": "5/1s", "seconds": 5.1}


@pytest.mark.slow
def test_where_concurrency_limits_it(cli: Cli, serve: Serve, hits: Hits) -> None:
    """110 lookups of half a second, five at once. How long one takes is known from five before."""

    def attempt() -> SaidAndDone:
        cli.run("set-tier", "enterprise")
        cli.run("enrich", cli.source(hits(5, company="foods"), "before.csv"), *PERSON)
        return said_and_done(cli, "enrich", cli.source(hits(110)), *PERSON, "--concurrency", "5")

    with serve(latency=0.5) as sandbox:
        cli.asks(sandbox)
        cli.settings |= {"ENRICHMENT_PERSON_PROVIDERS": "clearbit"}
        forecast = held(cli, attempt)
    assert forecast["bottleneck"] == "--concurrency"


@pytest.mark.slow
def test_where_the_last_of_a_chain_limits_it_whose_part_follows_from_the_ledger(
    cli: Cli, sandbox: SandboxProcess
) -> None:
    """Clearbit finds 70 of 100: hunter is asked about the others, 42 of 140, the last of them after 8 s."""

    def attempt() -> SaidAndDone:
        cli.run("set-tier", "enterprise")
        cli.run("enrich", cli.source(some("foods", found=70, missed=30), "before.csv"), *PERSON)
        sandbox.reset()
        cli.settings |= {"CLEARBIT_RATE": "60/1s", "HUNTER_RATE": "5/1s"}
        return said_and_done(cli, "enrich", cli.source(some("pumps", found=98, missed=42)), *PERSON)

    forecast = held(cli, attempt)
    assert forecast["bottleneck"] == "hunter"
    asked = {vendor: sum(by_status.values()) for vendor, by_status in sandbox.requests().items()}
    for load in forecast["providers"]:
        assert load["requests"] == pytest.approx(asked[load["provider"]], rel=0.2)


@pytest.mark.slow
def test_where_a_chain_of_several_vendors_holds_the_places(cli: Cli, serve: Serve) -> None:
    """Half of 100 customers take one lookup, the others three: 200 lookups of 0.3 s, six at once."""

    def attempt() -> SaidAndDone:
        cli.run("set-tier", "enterprise")
        cli.run("enrich", cli.source(some("foods", found=20, missed=20), "before.csv"), *PERSON)
        source = cli.source(some("pumps", found=50, missed=50))
        return said_and_done(cli, "enrich", source, *PERSON, "--concurrency", "6")

    with serve(latency=0.3) as sandbox:
        cli.asks(sandbox)
        forecast = held(cli, attempt)
    assert forecast["bottleneck"] == "--concurrency"


@pytest.mark.slow
def test_where_a_cap_ends_it_before_its_time(cli: Cli, hits: Hits) -> None:
    """$3 buy 30 lookups of 60: the last leaves after 5 s, not 11."""

    def attempt() -> SaidAndDone:
        cli.run("set-tier", "enterprise")
        return said_and_done(cli, "enrich", cli.source(hits(60)), *PERSON, "--max-cost", "3")

    cli.settings |= {"CLEARBIT_RATE": "5/1s", "ENRICHMENT_PERSON_PROVIDERS": "clearbit"}
    assert held(cli, attempt)


@pytest.mark.slow
def test_what_a_refresh_takes_is_said_as_well(cli: Cli, hits: Hits) -> None:

    def attempt() -> SaidAndDone:
        cli.run("set-tier", "enterprise")
        cli.run("enrich", cli.source(hits(27)), *PERSON)
        cli.settings |= {"CLEARBIT_RATE": "5/1s"}
        return said_and_done(cli, "refresh", *PERSON)

    cli.settings |= {"ENRICHMENT_PERSON_PROVIDERS": "clearbit"}
    forecast = held(cli, attempt)
    assert (forecast["bottleneck"], forecast["providers"][0]["requests"]) == ("clearbit", 27)


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
