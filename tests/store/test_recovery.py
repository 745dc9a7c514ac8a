"""A run that died is booked and freed by whoever uses the store next; one that lives is left alone."""

from __future__ import annotations

import fcntl
import sqlite3
import stat
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pytest

from enrich_cli.domain.money import Money
from enrich_cli.domain.report import Count
from enrich_cli.gateway.journal import Ruling
from enrich_cli.providers.lookup import Response
from enrich_cli.store.books import open_books
from enrich_cli.store.errors import StoreError
from enrich_cli.store.invariants import check_store
from enrich_cli.store.liveness import alive, is_alive, lock_path
from enrich_cli.store.plan import Standing
from enrich_cli.store.reading import read_quota
from tests.store.conftest import OpenRun

if TYPE_CHECKING:
    from tests.store.conftest import Bench, Start

LEDGER = "SELECT customer_id, outcome, latency_ms, cost, in_doubt, at FROM provider_lookups"
AT = "2026-11-03T09:30:00.000Z"


@pytest.fixture
def died(bench: Bench) -> Bench:
    """A run died: one of its requests was in the air, one lookup was between requests, one customer was done."""
    with bench.run(run_id="died") as run:
        run.enrich(bench.customer("done"), lookup=1, cost=40)
        run.plan(bench.customer("air"))
        run.ask(bench.question(2, "air", customer_id="air", most=100, whole=Money(300)))
        run.plan(bench.customer("between"))
        run.ask(bench.question(3, "between", customer_id="between", most=100))
        run.answered(3, cost=20, doubt=5, answer=Response(200))
    bench.later(hours=1)
    return bench


def test_what_was_in_the_air_is_in_doubt_what_was_between_requests_failed_at_its_cost(died: Bench) -> None:
    died.standing()
    assert died.sql(LEDGER)[1:] == [
        ("air", "in_doubt", None, 0, 100, AT),
        ("between", "failed", None, 20, 5, AT),
    ]
    assert died.sql("SELECT api_costs FROM customer_enrichment_usage") == [(165,)]
    assert died.sql("SELECT * FROM open_lookups") == []


def test_the_run_and_its_open_customers_are_marked_crashed(died: Bench) -> None:
    died.standing()
    assert died.sql("SELECT customer_id, outcome, counted FROM run_customers WHERE run_id = 'died' ORDER BY 1") == [
        ("air", "crashed", 0),
        ("between", "crashed", 0),
        ("done", "enriched", 1),
    ]
    assert died.sql("SELECT state, ended_at, cost, in_doubt FROM runs WHERE run_id = 'died'") == [
        ("crashed", "2026-11-03T10:30:00.000Z", 60, 105)
    ]


def test_a_customer_counted_before_the_crash_stays_counted(bench: Bench) -> None:
    with bench.run() as run:
        run.plan(bench.customer())
        run.finish(bench.customer(), bench.found(), lookups=[])
    bench.standing("bob")
    assert bench.sql("SELECT outcome, counted FROM run_customers WHERE customer_id = 'ada'") == [("crashed", 1)]
    assert check_store(bench.path, bench.master, bench.now) == []


def test_its_reservations_and_claims_are_worth_nothing(died: Bench) -> None:
    assert died.standing("air") is Standing.RESERVED
    quota, _ = read_quota(died.path, "acme", died.now)
    assert (quota.used, quota.reserved) == (1, 0)


def test_it_is_booked_once(died: Bench) -> None:
    died.standing()
    first = died.sql(LEDGER)
    died.standing()
    assert died.sql(LEDGER)[: len(first)] == first
    assert check_store(died.path, died.master, died.now) == []


def test_a_run_under_way_hears_of_it_too(bench: Bench) -> None:
    with bench.run() as living:
        with bench.run() as dying:
            dying.plan(bench.customer())
        assert living.plan(bench.customer()).standing is Standing.CLAIMED
        with living.books.transaction():
            assert living.books.recover(bench.now) == 1
        assert living.plan(bench.customer(), again=True).standing is Standing.RESERVED


def test_another_company_leaves_it_to_the_one_concerned(died: Bench) -> None:
    died.standing(company="rival")
    assert died.sql("SELECT state FROM runs WHERE run_id = 'died'") == [("running",)]


def test_an_interrupted_run_is_closed_like_a_dead_one_but_bears_its_own_name(bench: Bench) -> None:
    with bench.run() as run:
        run.plan(bench.customer())
        run.ask(bench.question(most=100))
        run.end("interrupted")
    assert bench.sql("SELECT outcome, in_doubt FROM provider_lookups") == [("in_doubt", 100)]
    assert bench.sql("SELECT state, counts FROM runs") == [("interrupted", "{}")]
    assert bench.sql("SELECT outcome FROM run_customers") == [("crashed",)]


def test_nothing_is_left_beside_the_store_of_a_run_that_ended(bench: Bench) -> None:
    with bench.run() as run:
        assert lock_path(bench.path, run.run_id).exists()
        run.end()
    assert list(bench.files()) == ["store.db"]


@pytest.mark.parametrize("killed", ["before it began", "after its end"])
def test_a_lock_file_that_the_store_does_not_miss_is_removed_when_the_next_run_begins(
    bench: Bench, killed: str
) -> None:
    with bench.run(run_id="killed") as run:
        if killed == "after its end":
            run.end()
    if killed == "before it began":
        bench.sql("DELETE FROM runs")
    lock_path(bench.path, "killed").touch()
    with bench.run() as run:
        assert not lock_path(bench.path, "killed").exists()
        run.end()


def test_a_run_whose_lock_file_is_removed_before_it_holds_the_lock_makes_another(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = fcntl.flock

    def lock_once_removed(descriptor: int, how: int) -> None:
        monkeypatch.undo()
        lock_path(bench.path, "one").unlink()
        lock(descriptor, how)

    monkeypatch.setattr(fcntl, "flock", lock_once_removed)
    with alive(bench.path, "one"):
        assert is_alive(bench.path, "one")


def test_a_lock_file_that_was_made_anew_while_it_was_to_be_removed_stays(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = lock_path(bench.path, "one")
    path.touch()
    lock = fcntl.flock
    with ExitStack() as living:

        def lock_late(file: IO[bytes], how: int) -> None:
            monkeypatch.undo()
            path.unlink()
            living.enter_context(alive(bench.path, "one"))
            lock(file, how)

        monkeypatch.setattr(fcntl, "flock", lock_late)
        with alive(bench.path, "two"):
            assert is_alive(bench.path, "one")


def test_that_its_lock_file_is_being_removed_does_not_make_a_dead_run_live(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock_path(bench.path, "dead").touch()
    seen = []
    unlink = Path.unlink

    def look_and_unlink(path: Path, missing_ok: bool = False) -> None:
        seen.append(is_alive(bench.path, "dead"))
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", look_and_unlink)
    with alive(bench.path, "one"):
        assert seen == [False]


class TestAnotherProcess:
    @pytest.fixture
    def held(self, bench: Bench, start: Start) -> Bench:
        """Another process has a run under way: `ada` is reserved, a request about her in the air."""
        self.process = start("hold", bench.path)
        self.process.go()
        assert (self.process.hear(), self.process.hear()) == ("ready", "holding")
        return bench

    def test_while_it_lives_it_is_never_touched(self, held: Bench) -> None:
        with held.run() as run:
            assert run.plan(held.customer()).standing is Standing.CLAIMED
            assert run.ask(held.question()) is Ruling.WAIT
            with run.books.transaction():
                assert run.books.recover(held.now) == 0
            run.end()
        assert read_quota(held.path, "acme", held.now)[0].reserved == 1
        assert check_store(held.path, held.master, held.now) == []
        assert held.sql("SELECT state FROM runs WHERE run_id = 'held'") == [("running",)]
        assert "store.db.run-held.lock" in held.files()

    def test_killed_it_is_booked_and_its_lock_file_removed(self, held: Bench) -> None:
        self.process.kill()
        assert "store.db.run-held.lock" in held.files()
        assert held.standing() is Standing.RESERVED
        assert held.sql("SELECT outcome, in_doubt FROM provider_lookups") == [("in_doubt", 100)]
        assert held.sql("SELECT state FROM runs WHERE run_id = 'held'") == [("crashed",)]
        assert "store.db.run-held.lock" not in held.files()

    def test_reached_by_a_link_it_is_alive_as_well(self, held: Bench) -> None:
        link = held.path.parent.parent / "link.db"
        link.symlink_to(held.path)
        assert read_quota(link, "acme", held.now)[0].reserved == 1
        assert held.sql("SELECT state FROM runs") == [("running",)]


def test_a_run_is_alive_while_its_lock_is_held_and_dead_when_nobody_holds_it(bench: Bench) -> None:
    with alive(bench.path, "one"):
        assert is_alive(bench.path, "one")
    assert not is_alive(bench.path, "one")
    left_behind = lock_path(bench.path, "two")
    left_behind.touch()
    assert not is_alive(bench.path, "two")


def test_a_run_begins_though_somebody_is_just_looking_whether_it_lives(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = fcntl.flock
    with ExitStack() as looking:

        def lock_while_looked_at(descriptor: int, how: int) -> None:
            monkeypatch.undo()
            look = looking.enter_context(lock_path(bench.path, "one").open())
            lock(look, fcntl.LOCK_SH)
            done = threading.Timer(0.05, lock, (look, fcntl.LOCK_UN))
            looking.callback(done.join)
            done.start()
            lock(descriptor, how)

        monkeypatch.setattr(fcntl, "flock", lock_while_looked_at)
        with alive(bench.path, "one"):
            assert is_alive(bench.path, "one")


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_whoever_may_read_the_store_can_tell_whether_a_run_lives(bench: Bench, mode: int) -> None:
    bench.path.touch()
    bench.path.chmod(mode)
    with alive(bench.path, "one"):
        assert stat.S_IMODE(lock_path(bench.path, "one").stat().st_mode) == mode


def test_a_lock_beside_a_store_that_is_not_there_yet_has_the_mode_that_it_will_have(tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    with alive(store, "one"):
        sqlite3.connect(store).execute("CREATE TABLE t (x)").connection.close()
        assert lock_path(store, "one").stat().st_mode == store.stat().st_mode


def test_where_no_lock_can_lie_no_run_begins_and_it_is_said_what_to_do(bench: Bench) -> None:
    said = r"can't be written \(No such file.*choose another place with --db"
    with pytest.raises(StoreError, match=said), alive(bench.path.parent / "absent" / "store.db", "one"):
        pass


def test_that_somebody_else_looks_whether_a_run_lives_does_not_make_it_live(bench: Bench) -> None:
    left_behind = lock_path(bench.path, "dead")
    left_behind.touch()
    with left_behind.open() as looking:
        fcntl.flock(looking, fcntl.LOCK_SH)
        assert not is_alive(bench.path, "dead")


def test_books_that_outlive_their_run_add_nothing_once_it_is_closed(bench: Bench) -> None:
    """As those of a killed run may, for a moment: what was booked for it is final."""
    with open_books(bench.path, bench.master, bench.run_plan(run_id="dead"), bench.now) as books:
        outliving = OpenRun(bench, books, "dead")
        outliving.plan(bench.customer())
        outliving.ask(bench.question(most=100))
        with bench.run() as another:
            another.end()
        with pytest.raises(StoreError, match="another process has taken this run for dead"):
            outliving.answered(1, cost=100)
    assert bench.sql("SELECT outcome, cost, in_doubt FROM provider_lookups") == [("in_doubt", 0, 100)]
    assert bench.sql("SELECT state FROM runs WHERE run_id = 'dead'") == [("crashed",)]


def test_what_was_refused_by_a_cap_left_nothing_to_recover(bench: Bench) -> None:
    with bench.run() as run:
        run.plan(bench.customer())
        run.finish(bench.customer(), None, Count.OVER_QUOTA, lookups=[])
    bench.standing("bob")
    assert bench.sql("SELECT customer_id FROM run_customers") == [("bob",)]
