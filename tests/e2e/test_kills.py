"""A kill at any instant loses nothing that came, counts nothing twice and buys nothing twice."""

from __future__ import annotations

import random
import signal
import sqlite3
import time
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, SandboxProcess, Serve, User

KINDS = (*["hit"] * 4, "miss", "other")
EMAILS = [f"ada.sample{place}+{KINDS[place % 6]}@pumps{place}.example" for place in range(60)]
FOUND, REQUESTS, IN_FLIGHT = 40, 100, 8
LOST = "SELECT in_doubt FROM provider_lookups WHERE outcome = 'in_doubt'"
SAVED = "SELECT status, COUNT(*) FROM customer_enrichment_data GROUP BY status ORDER BY status"


@pytest.fixture(scope="module")
def vendors(serve: Serve) -> Iterator[SandboxProcess]:
    with serve(latency=0.01) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def undisturbed(user: User, vendors: SandboxProcess, tmp_path_factory: pytest.TempPathFactory) -> Decimal:
    """What a run costs that nobody disturbs."""
    cli = user(tmp_path_factory.mktemp("undisturbed"), vendors)
    result = cli.run("enrich", cli.source(EMAILS), "--types", "person", "--json")
    assert (result.counts, vendors.asked()) == ({"enriched": FOUND, "not_found": 20}, REQUESTS)
    return vendors.bill()


def states(cli: Cli) -> list[str]:
    """The state of each run; none when the kill came before the store was made."""
    try:
        return [state for (state,) in cli.rows("SELECT state FROM runs ORDER BY rowid")]
    except sqlite3.OperationalError:
        return []


def kill_at_random(cli: Cli, vendors: SandboxProcess, seed: int) -> None:
    """While the program starts, or when the vendors have been asked some number of times."""
    chance = random.Random(seed)
    running = cli.start("enrich", cli.source(EMAILS), "--types", "person", "--concurrency", str(IN_FLIGHT))
    asked = chance.randrange(-15, REQUESTS - 5)
    vendors.until_asked(max(asked, 0), by=running)
    time.sleep(chance.uniform(0, 0.02 if asked > 0 else 0.5))
    running.signal(signal.SIGKILL)
    result = running.wait()
    assert result.code in (-signal.SIGKILL, 0), result.err


def assert_nothing_is_lost_or_doubled(cli: Cli, vendors: SandboxProcess, undisturbed: Decimal) -> None:
    bill = vendors.bill()
    if began := states(cli):
        cli.assert_whole(bill)
        assert states(cli) in (["crashed"], ["done"])
    else:
        assert vendors.asked() == 0
    doubts = [Decimal(lost) / 1_000_000 for (lost,) in cli.rows(LOST)] if began else []
    assert len(doubts) <= IN_FLIGHT
    resume = ["--resume", "last"] if states(cli) == ["crashed"] else []
    resumed = cli.run("enrich", "customers.csv", "--types", "person", *resume, "--json")
    assert (resumed.code, resumed.report["customers"]["read"], resumed.report["quota"]["used"]) == (0, 60, FOUND)
    assert "at work" not in resumed.err
    assert cli.rows(SAVED) == [("found", FOUND), ("not_found", len(EMAILS) - FOUND)]
    cli.assert_whole(vendors.bill())
    assert undisturbed <= vendors.bill() <= undisturbed + sum(doubts)


@pytest.mark.parametrize("seed", [*range(20), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(20, 220))])
def test_a_kill_at_any_instant(cli: Cli, vendors: SandboxProcess, undisturbed: Decimal, seed: int) -> None:
    vendors.reset()
    cli.asks(vendors)
    kill_at_random(cli, vendors, seed)
    assert_nothing_is_lost_or_doubled(cli, vendors, undisturbed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_a_kill_of_one_of_two_leaves_the_other_unharmed(
    cli: Cli, vendors: SandboxProcess, undisturbed: Decimal, seed: int
) -> None:
    """The other takes over what the dead one was about, and buys again only what that had in the air."""
    vendors.reset()
    cli.asks(vendors)
    other = cli.start("enrich", cli.source(EMAILS), "--types", "person", "--concurrency", str(IN_FLIGHT), "--json")
    kill_at_random(cli, vendors, seed)
    result = other.wait()
    assert (result.code, result.report["customers"]["read"]) == (0, len(EMAILS))
    cli.assert_whole(vendors.bill())
    assert set(states(cli)) <= {"done", "crashed"}
    assert cli.rows(SAVED) == [("found", FOUND), ("not_found", len(EMAILS) - FOUND)]
    assert cli.run("quota", "--json").report["used"] == FOUND
    doubts = [Decimal(lost) / 1_000_000 for (lost,) in cli.rows(LOST)]
    assert len(doubts) <= IN_FLIGHT
    assert undisturbed <= vendors.bill() <= undisturbed + sum(doubts)
