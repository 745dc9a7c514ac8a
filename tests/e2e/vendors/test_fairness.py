"""A vendor in trouble does not slow down the customers who don't need it."""

from __future__ import annotations

import signal
import socket
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, SandboxProcess, Serve

QUICK = 240
"""Customers who are asked about at clearbit alone."""
OTHERS = 60
"""Customers who are asked about at the vendor in trouble alone, in between: six times as many as are in flight."""
IN_FLIGHT = 10
LATENCY = 0.1
MOST_SECONDS = 60


def crowd(other: str) -> str:
    """Quick customers, and an other one after every four."""
    each = QUICK // OTHERS
    rows = ["Name,Email,Address,City,State,Zip"]
    for number in range(QUICK):
        rows.append(f"Ada Sample,ada.sample{number}+hit@pumps{number}.example,,,,")
        if number % each == 0:
            rows.append(other.format(number=number))
    return "\n".join([*rows, ""])


OWNER = "Ada Sample,,{number} Hit St,Chicago,IL,60601"


def throughput(cli: Cli, sandbox: SandboxProcess, store: str, other: str = OWNER) -> float:
    """Quick customers a second, from the first to the last; the others are not waited for."""
    source = cli.write("crowd.csv", crowd(other))
    cli.run("--db", store, "set-tier", "pro")
    sandbox.reset()
    command = ("--db", store, "enrich", source, "--types", "person,property", "--concurrency", str(IN_FLIGHT), "--json")
    running = cli.start(*command)
    deadline = time.monotonic() + MOST_SECONDS
    while not running.ended and sum(sandbox.requests()["clearbit"].values()) < QUICK and time.monotonic() < deadline:
        time.sleep(0.05)
    arrivals = sandbox.arrivals("clearbit")
    running.signal(signal.SIGINT)
    running.wait()
    assert len(arrivals) == QUICK
    return (QUICK - 1) / (max(arrivals) - min(arrivals))


@pytest.fixture
def ready(ten: Cli) -> Cli:
    """Each customer has one vendor, and each lookup there one request."""
    ten.settings |= {"ENRICHMENT_PERSON_PROVIDERS": "clearbit", "ENRICHMENT_PROPERTY_PROVIDERS": "attom"}
    ten.settings["ATTOM_REPORTS"] = "profile"
    return ten


@pytest.mark.parametrize(
    "fault",
    [
        "attom=slow-5",
        pytest.param("attom=retry-after-30", marks=pytest.mark.slow),
        pytest.param("attom=timeout", marks=pytest.mark.slow),
        pytest.param("attom=503", marks=pytest.mark.slow),
    ],
)
def test_throughput_of_the_others_is_what_it_is_without_the_trouble(ready: Cli, serve: Serve, fault: str) -> None:
    with serve(latency=LATENCY) as well:
        ready.asks(well)
        calm = throughput(ready, well, "calm.db")
    with serve(fault, latency=LATENCY) as troubled:
        ready.asks(troubled)
        assert throughput(ready, troubled, "troubled.db") >= 0.9 * calm


@pytest.mark.slow
def test_a_vendor_that_is_not_there_at_all(ready: Cli, serve: Serve) -> None:
    with serve(latency=LATENCY) as well, socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # and never listens
        ready.asks(well)
        calm = throughput(ready, well, "calm.db")
        ready.settings["ATTOM_BASE_URL"] = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        assert throughput(ready, well, "troubled.db") >= 0.9 * calm


@pytest.mark.slow
def test_a_vendor_that_may_be_asked_now_and_then_only(ready: Cli, serve: Serve) -> None:
    with serve(latency=LATENCY) as well:
        ready.asks(well)
        calm = throughput(ready, well, "calm.db")
        ready.settings["ATTOM_RATE"] = "3/1m"
        assert throughput(ready, well, "troubled.db") >= 0.9 * calm
