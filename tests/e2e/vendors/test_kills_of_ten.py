"""A kill at any instant, with all four data types and every vendor asked, tokens and follow-ups included."""

from __future__ import annotations

import random
import signal
import time
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Serve
    from tests.e2e.vendors.conftest import Row

pytestmark = pytest.mark.slow

FIRMS = ("Birch Tooling", "Ember Tooling")
IN_FLIGHT = 3
PEOPLE = 6
REQUIRED = "email_status,officers,permits"
SAVED = "SELECT data_type, status, source FROM customer_enrichment_data ORDER BY 1, 2, 3"
LOST = "SELECT in_doubt FROM provider_lookups WHERE outcome = 'in_doubt'"


def command(cli: Cli, *more: str) -> tuple[str, ...]:
    return ("enrich", "many.csv", "--require", REQUIRED, "--concurrency", str(IN_FLIGHT), *more)


@pytest.mark.parametrize("seed", range(12))
def test_nothing_is_lost_counted_twice_or_bought_twice(
    ten: Cli, serve: Serve, header: str, row: Row, seed: int
) -> None:
    people = [row(FIRMS[one % 2], f"{'ABCDEF'[one]}da Sample", street=f"{12 + one} Hit St") for one in range(PEOPLE)]
    ten.write("many.csv", "\n".join([header, *people, ""]))
    chance = random.Random(seed)
    with serve(latency=0.03) as vendors:
        ten.asks(vendors)
        ten.run("--db", "other.db", "set-tier", "pro")
        undisturbed = ten.run("--db", "other.db", *command(ten), "--json")
        requests, bill = vendors.asked(), vendors.bill()
        assert undisturbed.counts == {"enriched": PEOPLE}
        vendors.reset()
        running = ten.start(*command(ten))
        vendors.until_asked(chance.randrange(1, requests - 1), by=running)
        time.sleep(chance.uniform(0, 0.03))
        running.signal(signal.SIGKILL)
        running.wait()
        ten.assert_whole(vendors.bill())
        doubts = [Decimal(lost) / 1_000_000 for (lost,) in ten.rows(LOST)]
        # Of a customer in flight, each data type may have a request in the air.
        assert len(doubts) <= IN_FLIGHT
        resume = ("--resume", "last") if ten.rows("SELECT 1 FROM runs WHERE state = 'crashed'") else ()
        resumed = ten.run(*command(ten, *resume), "--json")
        assert (resumed.code, resumed.report["quota"]["used"]) == (0, PEOPLE)
        ten.assert_whole(vendors.bill())
        assert bill <= vendors.bill() <= bill + sum(doubts)
        saved = ten.rows(SAVED)
        ten.settings["ENRICHMENT_DB"] = str(ten.folder / "other.db")
        ten.store = ten.folder / "other.db"
        assert ten.rows(SAVED) == saved
