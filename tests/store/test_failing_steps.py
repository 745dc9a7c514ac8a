"""A transaction that fails at any of its steps has not happened: nothing is half-written, and the run can go on."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from enrich_cli.domain.money import Money
from enrich_cli.domain.report import Count
from enrich_cli.providers.lookup import Response
from enrich_cli.store import books as books_module
from enrich_cli.store.caps import Caps
from enrich_cli.store.connection import transaction
from enrich_cli.store.errors import StoreError, StoreFull
from enrich_cli.store.invariants import check_store

if TYPE_CHECKING:
    from tests.store.conftest import Bench, OpenRun

STEPS = {
    sqlite3.SQLITE_TRANSACTION,
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_INSERT,
    sqlite3.SQLITE_UPDATE,
    sqlite3.SQLITE_DELETE,
}
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
Verb: TypeAlias = Callable[["Bench", "OpenRun"], object]


def let_go(_: Bench, run: OpenRun) -> None:
    with run.books.transaction():
        run.books.let_go([1])


def recover(bench: Bench, run: OpenRun) -> None:
    with run.books.transaction():
        assert run.books.recover(bench.now) == 1


VERBS: dict[str, Verb] = {
    "plan": lambda bench, run: run.plan(bench.customer("new")),
    "recall": lambda bench, run: run.recall(bench.question(9, "shared", customer_id="new")),
    "ask": lambda bench, run: run.ask(bench.question(9, "new", customer_id="air", most=50)),
    "ask on": lambda bench, run: run.ask(bench.question(1, "details", customer_id="found", most=50)),
    "answered": lambda bench, run: run.answered(2, cost=40, doubt=20, answer=Response(200, b"{}")),
    "let go": let_go,
    "finish": lambda bench, run: run.finish(bench.customer("found"), bench.found(), Count.ENRICHED, lookups=[1]),
    "objected": lambda bench, run: run.finish(
        bench.customer("found"), None, Count.SUPPRESSED, lookups=[1], withheld=True
    ),
    "recover": recover,
    "end": lambda bench, run: run.end(),
}


@contextmanager
def under_way(bench: Bench) -> Iterator[OpenRun]:
    """A run with an answer on disk, a request in the air and one customer in the books; another run has died."""
    with bench.run() as run:
        run.enrich(bench.customer("before"), lookup=8)
        run.plan(bench.customer("found"))
        run.ask(bench.question(1, "shared", customer_id="found", most=50, whole=Money(100)))
        run.answered(1, cost=50, answer=Response(200, b"{}"))
        run.plan(bench.customer("air"))
        run.ask(bench.question(2, "air", customer_id="air"))
        with bench.run(caps=Caps(run=Money(100))) as dying:
            dying.plan(bench.customer("theirs"))
            dying.ask(bench.question(1, "theirs", customer_id="theirs"))
        yield run


def contents(bench: Bench) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, without what is different each time: sealed bytes, and the names of the forgotten."""
    return {
        table: [tuple(map(alike, row)) for row in bench.sql(f"SELECT * FROM {table}")] for (table,) in bench.sql(TABLES)
    }


def alike(value: object) -> object:
    if isinstance(value, bytes):
        return len(value)
    return "forgotten" if str(value).startswith("forgotten_") else value


class Failing:
    """Lets the step with this number fail, of those that SQLite is asked to take."""

    def __init__(self, run: OpenRun, number: int) -> None:
        self._connection = run.books._connection
        self._number = number
        self._steps = itertools.count()
        self.met = False

    def __enter__(self) -> Failing:
        self._connection.set_authorizer(self._ruling)
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.set_authorizer(None)

    def _ruling(self, step: int, what: str | None, *_: str | None) -> int:
        # Whatever fails, a transaction can be taken back: SQLite needs no room for that.
        if step not in STEPS or what == "ROLLBACK" or next(self._steps) != self._number:
            return sqlite3.SQLITE_OK
        self.met = True
        return sqlite3.SQLITE_DENY


def copies(bench: Bench) -> Iterator[Bench]:
    for number in itertools.count():
        copy = type(bench)(bench.path.with_name(f"{number}.db"))
        copy.path.write_bytes(bench.path.read_bytes())
        copy.key, copy.now = bench.key, bench.now
        yield copy


@pytest.mark.parametrize("name", VERBS)
def test_whichever_step_of_a_verb_fails_it_has_not_happened_and_can_be_done_again(bench: Bench, name: str) -> None:
    undisturbed, store = itertools.islice(copies(bench), 2)
    with under_way(undisturbed) as run:
        VERBS[name](undisturbed, run)
        done = contents(undisturbed)
    with under_way(store) as run:
        before = contents(store)
        for number in itertools.count():
            with Failing(run, number) as failing, suppress(StoreError, StoreFull):
                VERBS[name](store, run)
            if not failing.met:
                break
            assert contents(store) == before
        assert contents(store) == done
    assert check_store(store.path, store.master, store.now) == []
    assert number > 2, "BEGIN, something between, COMMIT"


@contextmanager
def full_before_commit(connection: sqlite3.Connection) -> Iterator[None]:
    with transaction(connection):
        yield
        raise sqlite3.OperationalError("database or disk is full")


@contextmanager
def failing_after_commit(connection: sqlite3.Connection) -> Iterator[None]:
    with transaction(connection):
        yield
    raise sqlite3.OperationalError("disk I/O error")


@pytest.mark.parametrize("name", VERBS)
def test_a_full_disk_is_told_and_what_was_committed_before_is_there(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with under_way(bench) as run:
        before = contents(bench)
        monkeypatch.setattr(books_module, "transaction", full_before_commit)
        with pytest.raises(StoreFull, match="what was saved before is safe"):
            VERBS[name](bench, run)
        monkeypatch.undo()
        assert contents(bench) == before
    assert check_store(bench.path, bench.master, bench.now) == []


@pytest.mark.parametrize("name", VERBS)
def test_a_failure_that_is_told_after_the_commit_leaves_the_verb_done_and_the_store_whole(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    undisturbed, store = itertools.islice(copies(bench), 2)
    with under_way(undisturbed) as run:
        VERBS[name](undisturbed, run)
        done = contents(undisturbed)
    with under_way(store) as run:
        monkeypatch.setattr(books_module, "transaction", failing_after_commit)
        with pytest.raises(StoreFull):
            VERBS[name](store, run)
        monkeypatch.undo()
        assert contents(store) == done
    assert check_store(store.path, store.master, store.now) == []


@pytest.mark.parametrize("fails", [full_before_commit, failing_after_commit])
def test_a_run_that_can_not_be_begun_leaves_a_whole_store(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, fails: Callable[[sqlite3.Connection], object]
) -> None:
    monkeypatch.setattr(books_module, "transaction", fails)
    with pytest.raises(StoreFull), bench.run():
        pytest.fail("it began")
    monkeypatch.undo()
    assert list(bench.files()) == ["store.db"]
    assert check_store(bench.path, bench.master, bench.now) == []
    assert bench.sql("SELECT state FROM runs WHERE state = 'running'") == []
