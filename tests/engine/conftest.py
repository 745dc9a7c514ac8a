"""Chains whose providers say what they are told to, and runs on a store of their own; nothing is sent."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import anyio
import pytest

from enrich_cli.domain.customer import Customer, customer_from
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.money import ZERO, Money
from enrich_cli.domain.outcomes import Failed, Found, Identity, NotFound, Objected, Outcome
from enrich_cli.domain.person import Person
from enrich_cli.domain.rate import parse_rate
from enrich_cli.domain.report import Count, RunReport
from enrich_cli.domain.row import Finished, Row, SourceRow
from enrich_cli.domain.tier import Lifetimes, Tier
from enrich_cli.engine.chain import Asker, Chain, Link
from enrich_cli.engine.customer import CustomerLookups
from enrich_cli.engine.room import Room
from enrich_cli.engine.run import Run
from enrich_cli.engine.tally import Tally
from enrich_cli.gateway.account import Account
from enrich_cli.gateway.clock import Clock
from enrich_cli.gateway.departures import Departures
from enrich_cli.gateway.journal import OverQuota, Question, Ruling, Settlement
from enrich_cli.gateway.pace import Pace
from enrich_cli.gateway.slots import Slots
from enrich_cli.gateway.stop import Interrupted, Stop
from enrich_cli.gateway.ticket import Ticket
from enrich_cli.providers.auth import HeaderKey, bearer
from enrich_cli.providers.base import Provider
from enrich_cli.providers.lookup import ONE, Charge, Choose, Lookup, Request, Response
from enrich_cli.store.books import open_books
from enrich_cli.store.caps import Caps
from enrich_cli.store.invariants import check_store
from enrich_cli.store.liveness import alive
from enrich_cli.store.master_key import MasterKey
from enrich_cli.store.plan import RunPlan
from enrich_cli.store.reading import change_tier, read_quota
from enrich_cli.store.run_store import Store, run_store
from tests.keeping import KeeperThread

PRICE = Money(100_000)
Says: TypeAlias = (
    Mapping[str, Outcome | Interrupted | OverQuota] | Callable[[str, Customer], Outcome | Interrupted | OverQuota]
)
"""What each provider says, by its name."""


class StillClock(Clock):
    """A clock that stands still."""

    time = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time


class Anybody(Provider):
    """A vendor that can be asked by e-mail; no lookup ever reaches it."""

    name, data_type, keys = "anybody", DataType.PERSON, ()
    base_url, rate, price = "https://vendor.test", "none", PRICE
    hit_price = miss_price = "$0.10"
    reads = frozenset({"email"})
    needs = (reads,)

    def auth(self, *keys: str) -> HeaderKey:
        return bearer(*keys)

    def lookup(self, customer: Customer, wanted: frozenset[str], choose: Choose) -> Lookup:
        raise NotImplementedError("the gateway of these tests sends nothing")

    def most(self, customer: Customer, wanted: frozenset[str]) -> Fraction:
        return ONE

    def charged(self, request: Request, response: Response) -> Charge:
        return Charge(sure=ONE)


class Make:
    """Builders, so that a test says only what it is about."""

    @staticmethod
    def provider(name: str, **differs: Any) -> Provider:
        kind: type[Provider] = type(name, (Anybody,), {"name": name, **differs})
        return kind()

    def link(self, name: str, **differs: Any) -> Link:
        provider = self.provider(name, **differs)
        account = Account(
            provider=provider,
            base_url=provider.base_url,
            auth=bearer("k3y"),
            pace=Pace(Departures(()), StillClock()),
            rate=parse_rate(provider.rate),
            timeout=30,
            price=provider.price,
        )
        return Link(provider, account)

    def chain(self, *names: str, data_type: DataType = DataType.PERSON, required: Iterable[str] = ()) -> Chain:
        return Chain(data_type, [self.link(name, data_type=data_type) for name in names], frozenset(required))

    def chains(self, **names: str) -> dict[DataType, Chain]:
        """`chains(person="clearbit hunter", business="places")`"""
        return {
            DataType(kind): self.chain(*vendors.split(), data_type=DataType(kind)) for kind, vendors in names.items()
        }

    @staticmethod
    def customer(name: str = "ada", **fields: str) -> Customer:
        """A customer with this first name, of the family Sample by default."""
        made = customer_from({"email": f"{name}@example.com", "name": f"{name} Sample", **fields}, given_id=name)
        assert made is not None
        return made

    def row(self, line: int, name: str = "", **fields: str) -> Row:
        name = name or f"customer{line}"
        return Row(line, [f"{name}@example.com"], self.customer(name, **fields))

    @staticmethod
    def found(name: str = "", **data: Any) -> Found:
        """Somebody with this name; without one, an answer that is accepted but not quite sure."""
        data = data or {"job_title": "Countess"}
        return Found(Person(**data), Identity(asked_by=frozenset({"email"}), names=(name,) if name else ()))

    @staticmethod
    def desk(says: Says) -> Desk:
        return Desk(says)


@dataclass
class Desk:
    """A gateway that sends nothing. With a store it books what it asks, unless the answer is on disk or
    it is refused.
    """

    says: Says
    store: Store | None = None
    stop: Stop | None = None
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Provider and customer id, in the order in which they were asked."""
    wanted: list[frozenset[str]] = field(default_factory=list)
    lookups: list[int] = field(default_factory=list)
    settled: list[int] = field(default_factory=list)
    """Lookups that were settled before the next one."""
    judged_as: list[Outcome] = field(default_factory=list)
    in_flight: int = 0
    most_in_flight: int = 0
    hold: anyio.Event | None = None
    """Until it is set, nobody is answered."""
    began: anyio.Event = field(default_factory=anyio.Event)

    async def look_up(
        self, account: Account, customer: Customer, wanted: frozenset[str], choose: Choose, ticket: Ticket
    ) -> Outcome:
        if self.stop:
            self.stop.check()
        provider = account.provider.name
        self.asked.append((provider, customer.id.shown))
        self.wanted.append(wanted)
        self.lookups.append(ticket.lookup)
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        self.began.set()
        if self.hold:
            await self.hold.wait()
        said = self.says(provider, customer) if callable(self.says) else self.says[provider]
        if isinstance(said, OverQuota):
            raise said
        if not (isinstance(said, Failed) and said.refused):
            await self._book(account, ticket, said)
        self.in_flight -= 1
        if isinstance(said, Interrupted):
            raise said
        return said

    async def _book(self, account: Account, ticket: Ticket, said: object) -> None:
        ticket.begun, ticket.news, ticket.latency_ms = True, True, 120
        if self.store is None:
            return
        question = Question(
            lookup=ticket.lookup,
            customer_id=ticket.customer_id,
            data_type=account.provider.data_type,
            provider=account.provider.name,
            text=f"{account.provider.name} {ticket.customer_id}".encode(),
            fields=frozenset({"email"}),
            most=PRICE,
            whole=PRICE,
        )
        verdict = await self.store.ask(question)
        if verdict is not Ruling.SEND:
            ticket.begun, ticket.news = False, not (isinstance(verdict, Response) and verdict.counted)
            return
        if isinstance(said, Found | NotFound):
            ticket.unsettled = Settlement(cost=PRICE, answer=Response(200, b"{}"))
        else:
            await self.store.answered(ticket.lookup, Settlement(cost=PRICE if isinstance(said, Objected) else ZERO))

    def judged(self, account: Account, ticket: Ticket, outcome: Outcome) -> None:
        self.judged_as.append(outcome)

    async def settle(self, ticket: Ticket) -> None:
        self.settled.append(ticket.lookup)
        if self.store and ticket.unsettled:
            await self.store.answered(ticket.lookup, ticket.unsettled)
            ticket.unsettled = None


@dataclass
class Pass:
    """One run over some rows, and its result."""

    desk: Desk
    tally: Tally
    stop: Stop
    finished: dict[int, Finished] = field(default_factory=dict)
    complete: bool | None = None
    broken_off: str = ""

    @property
    def report(self) -> RunReport:
        return self.tally.report

    @property
    def counts(self) -> dict[Count, int]:
        return {count: number for count, number in self.report.customers.items() if number}

    async def take(self, number: int, row: Finished) -> None:
        assert number not in self.finished
        self.finished[number] = row


class Office:
    """A store on disk, and runs on it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.clock: Clock = StillClock()
        self.key = MasterKey(bytes(range(32)))
        self._runs = itertools.count(1)

    @asynccontextmanager
    async def store(self, **changes: Any) -> AsyncIterator[Store]:
        """A run's store, ended as done at the end of the block."""
        plan = RunPlan(
            run_id=f"run-{next(self._runs)}",
            company="acme",
            **{
                "command": "enrich",
                "sandbox": False,
                "resume": None,
                "refresh": False,
                "lifetimes": Lifetimes(),
                "min_confidence": 0.5,
                "require": {},
                "reads": {kind: frozenset({"email", "name"}) for kind in DataType},
                "caps": Caps(),
                **changes,
            },
        )
        opening = partial(open_books, self.path, self._master, plan, self.clock.now())
        with alive(self.path, plan.run_id):
            async with run_store(KeeperThread(), opening, self.clock) as store:
                yield store
                await store.end("done", "{}")

    async def new_pass(self, store: Store, chains: Mapping[DataType, Chain], says: Says) -> Pass:
        quota, _ = read_quota(self.path, "acme", self.clock.now())
        report = RunReport(run_id="run", command="enrich", company="acme", sandbox=False, quota=quota)
        stop = Stop()
        return Pass(Desk(says, store, stop), Tally(report, chains.values()), stop)

    def lookups(
        self,
        store: Store,
        chains: Mapping[DataType, Chain],
        run: Pass,
        concurrency: int = 5,
        gateway: Asker | None = None,
        slots: Slots | None = None,
    ) -> CustomerLookups:
        return CustomerLookups(
            chains=chains,
            gateway=gateway or run.desk,
            store=store,
            tally=run.tally,
            slots=slots or Slots(concurrency),
            min_confidence=0.5,
        )

    async def go(
        self,
        store: Store,
        chains: Mapping[DataType, Chain],
        run: Pass,
        rows: Iterable[SourceRow],
        *,
        concurrency: int = 5,
        gateway: Asker | None = None,
    ) -> Pass:
        """The whole run, completed or stopped. `gateway`: used instead of the desk."""
        slots = Slots(concurrency)
        going = Run(
            rows=iter(rows),
            chains=chains,
            store=store,
            lookups=self.lookups(store, chains, run, gateway=gateway, slots=slots),
            stop=run.stop,
            tally=run.tally,
            room=Room(slots, run.stop),
            finished=run.take,
        )
        run.complete = await going.go()
        run.broken_off = str(going.broken_off or "")
        return run

    async def run(
        self,
        chains: Mapping[DataType, Chain],
        says: Says,
        rows: Iterable[SourceRow],
        *,
        concurrency: int = 5,
        **plan: Any,
    ) -> Pass:
        """A run from its beginning to its end."""
        async with self.store(**plan) as store:
            return await self.go(store, chains, await self.new_pass(store, chains, says), rows, concurrency=concurrency)

    def set_tier(self, tier: Tier) -> None:
        change_tier(self.path, "acme", tier, self.clock.now())

    def use_quota(self, count: int) -> None:
        """As if this many others had been enriched this month, and forgotten since."""
        self.set_tier(Tier.FREE)
        self.sql(
            "INSERT INTO customer_enrichment_usage (company_id, month_year, enrichments_count, enrichments_limit, tier)"
            " VALUES ('acme', '2026-11', ?, 50, 'free')",
            count,
        )
        self.sql(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
            " INSERT INTO run_customers (run_id, company_id, customer_id, outcome, counted, at)"
            " SELECT 'before', 'acme', 'forgotten_' || i, 'enriched', 1, '2026-11-01T00:00:00.000Z' FROM n",
            count,
        )

    def sql(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Queries the store from outside."""
        with closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
            return connection.execute(statement, values).fetchall()

    def broken(self) -> list[str]:
        """What is broken in the store."""
        return check_store(self.path, self._master, self.clock.now())

    def _master(self, create: bool) -> MasterKey:
        return self.key


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def make() -> Make:
    return Make()


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "enrichment.db")


@pytest.fixture
def open_office() -> Callable[[Path], Office]:
    """For a test that needs a new one for each of its examples."""
    return Office
