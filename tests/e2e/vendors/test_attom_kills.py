"""ATTOM sells up to three reports in one lookup: a kill in the middle of it loses none of them and doubts only one."""

from __future__ import annotations

import signal
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, SandboxProcess, Serve

REPORT = Decimal("0.10")
MICROS = 100_000
OPEN = "SELECT * FROM open_lookups WHERE cost = {} AND in_air = {}"
LEDGER = "SELECT outcome, cost, in_doubt FROM provider_lookups WHERE provider = 'attom' ORDER BY id"
SOURCE = "Name,Address,City,State,Zip\nAda Sample,12 Hit St,Chicago,IL,60601\n"


@pytest.fixture
def buyer(ten: Cli) -> Cli:
    """A user who buys all three reports of a property."""
    ten.settings["ATTOM_REPORTS"] = "profile,avm,permits"
    ten.write("homes.csv", SOURCE)
    return ten


def assert_the_rest_is_bought(cli: Cli, reports: int) -> None:
    resumed = cli.run("enrich", "homes.csv", "--types", "property", "--resume", "last", "--json")
    assert (resumed.code, resumed.counts) == (0, {"enriched": 1})
    assert Decimal(resumed.report["cost_usd"]) == reports * REPORT


@pytest.mark.parametrize("bought", [0, 1, 2])
def test_killed_with_a_request_in_the_air_what_came_is_cost_and_that_one_in_doubt(
    buyer: Cli, serve: Serve, bought: int
) -> None:
    with serve(latency=1.0) as sandbox:
        buyer.asks(sandbox)
        running = buyer.start("enrich", "homes.csv", "--types", "property")
        buyer.until_rows(OPEN.format(bought * MICROS, MICROS), 1)
        sandbox.until_asked(bought + 1)
        with sandbox.stopped():
            running.signal(signal.SIGKILL)
            assert running.wait().code == -signal.SIGKILL
        buyer.assert_whole(sandbox.bill())
        assert buyer.rows(LEDGER) == [("in_doubt", bought * MICROS, MICROS)]
        assert_the_rest_is_bought(buyer, 3 - bought)
        # The sandbox charged the one in doubt, so that it was bought twice; it alone.
        assert sandbox.bill() == 4 * REPORT
        buyer.assert_whole(sandbox.bill())


@pytest.mark.parametrize("bought", [1, 2])
def test_killed_between_two_reports_nothing_is_in_doubt(buyer: Cli, sandbox: SandboxProcess, bought: int) -> None:
    """The next report has to wait for the pace."""
    buyer.settings["ATTOM_RATE"] = f"{bought}/10m"
    running = buyer.start("enrich", "homes.csv", "--types", "property")
    buyer.until_rows(OPEN.format(bought * MICROS, 0), 1)
    running.signal(signal.SIGKILL)
    assert running.wait().code == -signal.SIGKILL
    buyer.assert_whole(sandbox.bill())
    assert buyer.rows(LEDGER) == [("failed", bought * MICROS, 0)]
    buyer.settings["ATTOM_RATE"] = "none"
    assert_the_rest_is_bought(buyer, 3 - bought)
    assert sandbox.bill() == 3 * REPORT
    buyer.assert_whole(sandbox.bill())
