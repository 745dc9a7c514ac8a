"""Reports: they recover a dead run where they can write, and say the same where they can't."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.tier import Tier
from enrich_cli.store import connection, file_checks, migrations
from enrich_cli.store.errors import StoreError
from enrich_cli.store.reading import change_tier, read_quota, read_tier
from enrich_cli.store.schema import MIGRATIONS

if TYPE_CHECKING:
    from tests.store.conftest import Bench, Start


@pytest.fixture
def died(bench: Bench) -> Bench:
    """One customer was counted, and one was reserved when the run died."""
    with bench.run(run_id="died") as run:
        run.enrich(bench.customer("ada"))
        run.plan(bench.customer("bob"))
    return bench


def test_without_a_store_nothing_is_used_and_none_is_made(no_store: Bench) -> None:
    quota, synthetic = read_quota(no_store.path, "acme", no_store.now)
    assert (quota.tier, quota.used, quota.available, synthetic) == (Tier.FREE, 0, 50, False)
    assert read_tier(no_store.path, "acme") is Tier.FREE
    assert no_store.files() == {}


def test_a_dead_run_is_recovered_where_the_store_can_be_written(died: Bench) -> None:
    quota, _ = read_quota(died.path, "acme", died.now)
    assert (quota.used, quota.reserved, quota.available) == (1, 0, 49)
    assert died.sql("SELECT state FROM runs") == [("crashed",)]


def test_a_store_without_dead_runs_is_left_as_it_is(bench: Bench) -> None:
    bench.standing()
    before = bench.files()
    read_quota(bench.path, "acme", bench.now)
    assert bench.files() == before


def test_on_a_read_only_file_the_figures_are_as_if_recovered(died: Bench, denied: Callable[..., Any]) -> None:
    quota, _ = denied(read_quota, "acme", died.now)
    assert (quota.used, quota.reserved, quota.available) == (1, 0, 49)


def test_so_they_are_with_all_that_a_killed_run_left_beside_it(
    bench: Bench, start: Start, denied: Callable[..., Any]
) -> None:
    bench.use_quota(7)
    killed = start("hold", bench.path)
    killed.go()
    assert (killed.hear(), killed.hear()) == ("ready", "holding")
    bench.sql("UPDATE customer_enrichment_usage SET enrichments_count = 8")
    killed.kill()
    assert bench.files()["store.db-wal"]
    quota, _ = denied(read_quota, "acme", bench.now)
    assert (quota.used, quota.reserved) == (8, 0)


def test_the_reservation_of_a_live_run_is_shown(bench: Bench) -> None:
    with bench.run() as run:
        run.plan(bench.customer())
        quota, _ = read_quota(bench.path, "acme", bench.now)
    assert (quota.used, quota.reserved, quota.remaining, quota.available) == (0, 1, 50, 49)


def test_what_runs_of_this_month_skipped_is_told_until_the_tier_has_it(bench: Bench) -> None:
    social, business = DataType.SOCIAL, DataType.BUSINESS
    with bench.run(skipped=(social,)) as run:
        run.end()
    assert read_quota(bench.path, "acme", bench.now)[0].skipped == (social,)
    assert read_quota(bench.path, "rival", bench.now)[0].skipped == ()
    bench.set_tier(Tier.PRO)
    assert read_quota(bench.path, "acme", bench.now)[0].skipped == ()
    bench.set_tier(Tier.FREE)
    bench.later(days=28)
    with bench.run(skipped=(business,)) as run:
        run.end()
    assert read_quota(bench.path, "acme", bench.now)[0].skipped == ()


def test_a_tier_is_set_on_a_store_that_is_not_there_yet(no_store: Bench) -> None:
    quota, synthetic = change_tier(no_store.path, "acme", Tier.PRO, no_store.now)
    assert (quota.tier, quota.limit, quota.used, synthetic) == (Tier.PRO, 500, 0, False)
    assert read_tier(no_store.path, "acme") is Tier.PRO
    assert read_tier(no_store.path, "rival") is Tier.FREE


def test_setting_the_tier_recovers_a_dead_run_and_leaves_the_count(died: Bench) -> None:
    quota, _ = change_tier(died.path, "acme", Tier.PRO, died.now)
    assert (quota.used, quota.reserved, quota.available) == (1, 0, 499)


def test_an_older_store_is_brought_up_to_date_where_it_can_be_written(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.use_quota(7)
    newer = (*MIGRATIONS, ("m900_later", "CREATE TABLE later (id INTEGER PRIMARY KEY);\n"))
    for module in (connection, file_checks, migrations):
        monkeypatch.setattr(module, "MIGRATIONS", newer)
    assert read_quota(bench.path, "acme", bench.now)[0].used == 7
    assert bench.sql("SELECT * FROM later") == []


def test_what_is_no_store_can_not_be_read(no_store: Bench) -> None:
    no_store.path.write_text("no store")
    with pytest.raises(StoreError, match="is not a SQLite file"):
        read_quota(no_store.path, "acme", no_store.now)
