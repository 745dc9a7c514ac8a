"""A separate store file for each test, and builders for what goes into it, so that a test says only what
it is about.
"""

from __future__ import annotations

import itertools
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from msgspec import structs
from msgspec.structs import replace

from enrich_cli.domain.customer import Customer, customer_from
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Finding, Known, State, content_of
from enrich_cli.domain.money import Money
from enrich_cli.domain.report import Count
from enrich_cli.domain.tier import Lifetimes, Tier
from enrich_cli.gateway.journal import Question, Ruling, Settlement, Verdict
from enrich_cli.providers.lookup import Response
from enrich_cli.store.books import Books, open_books
from enrich_cli.store.caps import Caps
from enrich_cli.store.connection import open_for_writing
from enrich_cli.store.ledger import LookupDone, LookupOutcome
from enrich_cli.store.liveness import alive
from enrich_cli.store.master_key import MasterKey
from enrich_cli.store.plan import Plan, RunPlan, Standing, Wish
from enrich_cli.store.reading import change_tier
from enrich_cli.store.settling import Finish, Settled

PERSON = DataType.PERSON
NOBODY = 65534
ROOT = Path(__file__).parents[2]


class OpenRun:
    """The verbs of one run, each in a transaction of its own."""

    def __init__(self, bench: Bench, books: Books, run_id: str) -> None:
        self.books = books
        self.run_id = run_id
        self._bench = bench
        self._lines = itertools.count(2)
        self._ids: dict[Customer, str] = {}
        self._begun: set[int] = set()

    def plan(self, customer: Customer, **wish: Any) -> Plan:
        wanted = Wish(customer=customer, line=next(self._lines), types=(PERSON,), usable=frozenset(DataType))
        with self.books.transaction():
            (plan,) = self.books.plan([structs.replace(wanted, **wish)], self._bench.now)
        self._ids[customer] = plan.customer_id
        return plan

    def recall(self, question: Question) -> Response | None:
        with self.books.transaction():
            return self.books.recall([question], self._bench.now)[0]

    def ask(self, question: Question) -> Verdict:
        """Ask as the gateway does, which knows whether the lookup has sent a request before."""
        begun = question.lookup in self._begun
        with self.books.transaction():
            (verdict,) = self.books.ask([structs.replace(question, begun=begun)], self._bench.now)
        if verdict is Ruling.SEND:
            self._begun.add(question.lookup)
        return verdict

    def answered(
        self, lookup: int = 1, *, cost: int = 0, doubt: int = 0, answer: Response | None = None, pending: bool = False
    ) -> None:
        settlement = Settlement(cost=Money(cost), in_doubt=Money(doubt), answer=answer, pending=pending)
        with self.books.transaction():
            self.books.answered([(lookup, settlement)], self._bench.now)

    def finish(
        self,
        customer: Customer,
        finding: Finding | None = None,
        landed: Count | None = None,
        *,
        lookups: Sequence[int] = (1,),
        outcome: LookupOutcome = LookupOutcome.FOUND,
        states: Mapping[DataType, State] | None = None,
        withheld: bool = False,
    ) -> Settled:
        """`states`: by default the person's alone, as the finding says."""
        self._begun.difference_update(lookups)
        done = Finish(
            customer=customer,
            customer_id=self._ids[customer],
            lookups=[LookupDone(lookup=lookup, outcome=outcome, latency_ms=120, retries=0) for lookup in lookups],
            finding=finding,
            counts=finding is not None and finding.status is Known.FOUND,
            landed=landed,
            states={PERSON: State(finding.status) if finding else State.FAILED} if states is None else states,
        )
        with self.books.transaction():
            return self.books.finish([structs.replace(done, objected=withheld)], self._bench.now)[0]

    def enrich(self, customer: Customer, finding: Finding | None = None, *, lookup: int = 1, cost: int = 40) -> Plan:
        """The whole way of a customer for whom something is found."""
        plan = self.plan(customer)
        self.ask(self._bench.question(lookup, text=f"who is {plan.customer_id}?", customer_id=plan.customer_id))
        self.answered(lookup, cost=cost, answer=Response(200, b"{}"))
        self.finish(customer, finding or self._bench.found(), Count.ENRICHED, lookups=[lookup])
        return plan

    def end(self, state: str = "done") -> None:
        with self.books.transaction():
            self.books.end(state, "{}", self._bench.now)


class Bench:
    """A store, a master key, a clock that the test sets, and builders."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.now = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
        self.key = MasterKey(bytes(range(32)))
        self._runs = 0

    def master(self, create: bool) -> MasterKey:
        return self.key

    def later(self, **time: float) -> None:
        self.now += timedelta(**time)

    def set_tier(self, tier: Tier, company: str = "acme") -> None:
        change_tier(self.path, company, tier, self.now)

    def run_plan(self, **changes: Any) -> RunPlan:
        self._runs += 1
        plan = RunPlan(
            run_id=f"run-{self._runs}",
            command="enrich",
            company="acme",
            sandbox=False,
            resume=None,
            refresh=False,
            lifetimes=Lifetimes(),
            min_confidence=0.5,
            require={},
            reads={kind: frozenset({"email", "name"} if kind is PERSON else {"company"}) for kind in DataType},
            caps=Caps(),
        )
        return replace(plan, **changes)

    def use_quota(self, count: int) -> None:
        """As if this many enrichments had already been counted this month."""
        self.set_tier(Tier.FREE)
        self.sql(
            "INSERT INTO customer_enrichment_usage (company_id, month_year, enrichments_count,"
            " enrichments_limit, tier) VALUES ('acme', '2026-11', ?, 50, 'free')",
            count,
        )

    def standing(self, name: str = "ada", **changes: Any) -> Standing:
        """What a separate run would say about this customer."""
        with self.run(**changes) as run:
            standing = run.plan(self.customer(name)).standing
            run.end()
        return standing

    @contextmanager
    def run(self, **changes: Any) -> Iterator[OpenRun]:
        """A run, open for the length of the block. Without `end` it is dead afterwards."""
        plan = self.run_plan(**changes)
        with alive(self.path, plan.run_id), open_books(self.path, self.master, plan, self.now) as books:
            yield OpenRun(self, books, plan.run_id)

    def sql(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Queries the store, or changes it, from outside."""
        with closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
            return connection.execute(statement, values).fetchall()

    def files(self) -> dict[str, bytes]:
        """Everything in the folder of the store."""
        return {file.name: file.read_bytes() for file in self.path.parent.iterdir()}

    @staticmethod
    def customer(given_id: str = "ada", **fields: str) -> Customer:
        customer = customer_from({"email": f"{given_id}@example.com", **fields}, given_id)
        assert customer is not None
        return customer

    def wish(self, name: str) -> Wish:
        """The keyed hashes that identify the person behind the customer with this id."""
        person = DataType.PERSON
        return Wish(customer=self.customer(name), line=2, types=(person,), usable=frozenset({person}))

    @staticmethod
    def question(lookup: int = 1, text: str = "who is ada?", *, most: int = 100, **changes: Any) -> Question:
        """A question that can cost at most this many micro-dollars, and its lookup no more."""
        question = Question(
            lookup=lookup,
            customer_id="ada",
            data_type=PERSON,
            provider="clearbit",
            text=text.encode(),
            fields=frozenset({"email"}),
            most=Money(most),
            whole=Money(most),
        )
        return structs.replace(question, **changes)

    @staticmethod
    def found(**data: str) -> Finding:
        data = data or {"job_title": "Countess"}
        provenance = dict.fromkeys(data, "clearbit")
        return Finding(data_type=PERSON, source="clearbit", confidence=0.9, content=content_of(data, provenance))

    @classmethod
    def found_of(cls, data_type: DataType) -> Finding:
        return structs.replace(cls.found(), data_type=data_type)

    @staticmethod
    def nothing(refused: float | None = None) -> Finding:
        return Finding(data_type=PERSON, refused=refused)


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("empty") / "store.db"
    open_for_writing(path).close()
    return path.read_bytes()


@pytest.fixture
def no_store(tmp_path: Path) -> Bench:
    """A bench whose store does not exist yet."""
    folder = tmp_path / "data"
    folder.mkdir()
    return Bench(folder / "store.db")


@pytest.fixture
def bench(no_store: Bench, empty_store: bytes) -> Bench:
    """A bench with an empty store."""
    no_store.path.write_bytes(empty_store)
    return no_store


class OtherProcess:
    """Another process with the store: `another_process.py`, started with these words and told to go by `go`."""

    def __init__(self, words: Sequence[object]) -> None:
        command = [sys.executable, "-m", "tests.store.another_process", *map(str, words)]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def hear(self) -> str:
        """The next word that it prints."""
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def go(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("go\n")
        self._process.stdin.flush()

    def ended_well(self) -> bool:
        return self._process.wait() == 0

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()


Start: TypeAlias = Callable[..., OtherProcess]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts a process, which is then ready; those still alive after the test are killed."""
    started: list[OtherProcess] = []

    def process(*words: object) -> OtherProcess:
        started.append(OtherProcess(words))
        return started[-1]

    yield process
    for one in started:
        one.kill()


@pytest.fixture
def denied(bench: Bench) -> Iterator[Callable[..., Any]]:
    """Calls a function with a copy of the store, as a user who may write neither the file nor, by
    default, the folder.
    """
    folders: list[Path] = []

    def call(function: Callable[..., Any], *more: object, folder_mode: int = 0o555) -> Any:
        folders.append(folder := Path(tempfile.mkdtemp()))
        for file in bench.path.parent.iterdir():
            copy = folder / file.name
            copy.write_bytes(file.read_bytes())
            copy.chmod(0o444)
        folder.chmod(folder_mode)
        return _without_privileges(function, folder / bench.path.name, *more)

    yield call
    for folder in folders:
        folder.chmod(0o700)
        shutil.rmtree(folder)


@pytest.fixture
def unprivileged() -> Callable[..., Any]:
    """Calls a function as a user to whom the modes of files and folders apply."""
    return _without_privileges


def _without_privileges(function: Callable[..., Any], *arguments: object) -> Any:
    fork = get_context("fork")
    with ProcessPoolExecutor(1, fork, initializer=_give_up_privileges, initargs=()) as pool:
        return pool.submit(function, *arguments).result()


def _give_up_privileges() -> None:
    if os.geteuid() == 0:
        os.setuid(NOBODY)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
