"""Runs against the sandbox's own vendors, in memory: chains, matching and prices are real, wire and store are not."""

from __future__ import annotations

import itertools
import random
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

import orjson

from enrich_cli.domain.customer import Customer, customer_from
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.hints import HINTED, hints_of, with_hints
from enrich_cli.domain.outcomes import Answered, Failed, Objected, Outcome
from enrich_cli.domain.person import Person
from enrich_cli.domain.row import Row
from enrich_cli.engine.chain import Chain, Link, follow
from enrich_cli.engine.dry_run import Forecast, forecast
from enrich_cli.engine.findings import Findings
from enrich_cli.gateway.account import Account
from enrich_cli.gateway.clock import Clock
from enrich_cli.gateway.departures import Departures
from enrich_cli.gateway.journal import question_text
from enrich_cli.gateway.pace import Pace
from enrich_cli.gateway.slots import Slot, Slots
from enrich_cli.gateway.ticket import Ticket
from enrich_cli.providers.auth import bearer
from enrich_cli.providers.base import Provider
from enrich_cli.providers.catalog import default_chain
from enrich_cli.providers.errors import ProviderError, Withheld
from enrich_cli.providers.lookup import Choose, Request, Response
from enrich_cli.sandbox.catalog import VENDORS
from enrich_cli.sandbox.vendor import Call, Vendor
from enrich_cli.store.plan import Plan, Standing, Wish
from enrich_cli.store.schema import MIGRATIONS
from enrich_cli.store.track_record import TrackRecord, track_records

NOW = datetime(2026, 11, 3, tzinfo=UTC)
KEYLESS = frozenset({"facebook", "corelogic"})
"""Vendors that hand out tokens first; one is free, the other has no list price."""
_KEYS = dict.fromkeys(("Authorization", "apikey", "X-API-KEY", "X-RapidAPI-Key", "X-Goog-Api-Key"), "Bearer key")
_GIVEN = ("Ada", "Ben", "Carla", "David", "Elena", "Farid", "Grace", "Hiro", "Ingrid", "Jonas", "Kira", "Liam", "Mia")
_FAMILY = ("Archer", "Brooks", "Calloway", "Dvorak", "Eriksen", "Farrell", "Goldberg", "Hashimoto", "Iyer", "Jensen")
_NAMES = ("Amber", "Beacon", "Cedar", "Delta", "Granite", "Harbor", "Iris", "Juniper", "Kestrel", "Lakeside", "Maple")
_TRADES = ("Pumps", "Foods", "Freight", "Optics", "Labs", "Textiles", "Dental", "Roofing", "Analytics", "Logistics")


def customers(count: int, chance: random.Random) -> Iterator[Customer]:
    """Invented people, several of whom work at the same company and some of whom have no address."""
    for number in range(count):
        given, family = chance.choice(_GIVEN), chance.choice(_FAMILY)
        company = f"{chance.choice(_NAMES)} {chance.choice(_TRADES)}"
        email = f"{given}.{family}{chance.randrange(10**6)}@acme{number}.example"
        fields = {"name": f"{given} {family}", "email": email}
        if chance.random() < 0.9:
            fields |= {"company": company, "city": "Albany", "state": "NY"}
        if chance.random() < 0.7:
            fields |= {"address": f"{chance.randrange(1, 9999)} Oak St", "city": "Austin", "state": "TX"}
        customer = customer_from(fields, f"C-{chance.randrange(10**9)}")
        assert customer is not None
        yield customer


@dataclass
class Ledger:
    """What was booked, in the store's own table."""

    connection: sqlite3.Connection = field(default_factory=lambda: sqlite3.connect(":memory:"))
    _times: Iterator[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        for _, script in MIGRATIONS:
            self.connection.executescript(script)

    def book(self, run_id: str, customer: Customer, chain: Chain, findings: Findings, costs: Mapping[int, int]) -> None:
        for attempt in findings.attempts:
            if attempt.ticket.begun:
                row = (run_id, "acme", customer.id.shown, chain.data_type, attempt.provider, attempt.booked_as, 0)
                self.connection.execute(
                    "INSERT INTO provider_lookups (run_id, company_id, customer_id, data_type, provider, outcome,"
                    " retries, cost, in_doubt, at, fields) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, '')",
                    (*row, costs[attempt.ticket.lookup], f"{next(self._times):012}"),
                )

    def records(self) -> dict[str, TrackRecord]:
        return track_records(self.connection, "acme")

    def spent(self, run_id: str) -> int:
        query = "SELECT COALESCE(SUM(cost), 0) FROM provider_lookups WHERE run_id = ?"
        return int(self.connection.execute(query, (run_id,)).fetchone()[0])


class Town:
    """One seed's vendors, with chains that ask them, and the books of one company."""

    def __init__(self, seed: int, types: Sequence[DataType] = tuple(DataType)) -> None:
        vendors: list[Vendor] = [vendor(seed) for vendor in VENDORS]
        self._vendors = {vendor.name: vendor for vendor in vendors}
        self.chains = {
            kind: Chain(kind, [_link(one) for one in default_chain(kind) if one.name not in KEYLESS]) for kind in types
        }
        self.ledger = Ledger()
        self._answers: dict[bytes, Response] = {}
        self._costs: dict[int, int] = {}
        self._lookups = itertools.count(1)
        self._asked: set[bytes] = set()

    def close(self) -> None:
        self.ledger.connection.close()

    async def run(self, run_id: str, people: Sequence[Customer]) -> int:
        """Look everybody up; returns what that cost in micro-dollars, doubt included."""
        for customer in people:
            hints: Mapping[str, Any] = {}
            for kind, chain in self.chains.items():
                known = with_hints(customer, hints) if kind in HINTED else customer
                async with Slots(1).slot() as slot:
                    ticket = partial(self._ticket, slot)
                    findings = await follow(chain, known, self, min_confidence=0.5, ticket=ticket)
                if isinstance(person := findings.data, Person):
                    hints = hints_of(person)
                self.ledger.book(run_id, customer, chain, findings, self._costs)
        return self.ledger.spent(run_id)

    def _ticket(self, slot: Slot, after: int | None) -> Ticket:
        return Ticket(lookup=next(self._lookups), customer_id="", slot=slot, after=after)

    def forecast(self, people: Sequence[Customer], records: Mapping[str, TrackRecord] | None = None) -> Forecast:
        self._asked = set()
        rows = [Row(line, [], customer) for line, customer in enumerate(people, 2)]
        known = self.ledger.records() if records is None else records
        return forecast(rows, self.chains, self, NOW, records=known, concurrency=50)

    def plan(self, wishes: Sequence[Wish], now: datetime) -> list[Plan]:
        kinds = [wish.usable | wish.hinted if DataType.PERSON in wish.usable else wish.usable for wish in wishes]
        return [Plan(standing=Standing.RESERVED, look_up=tuple(k for k in self.chains if k in some)) for some in kinds]

    def to_buy(self, questions: Sequence[bytes], now: datetime, *, bought: bool) -> list[bool]:
        new = []
        for question in questions:
            new.append(question not in self._answers and question not in self._asked)
            if bought:
                self._asked.add(question)
        return new

    def refuse(self, customer_ids: Iterable[str]) -> None:
        """Nobody occurs twice in these towns."""

    async def look_up(
        self, account: Account, customer: Customer, wanted: frozenset[str], choose: Choose, ticket: Ticket
    ) -> Outcome:
        lookup = account.provider.lookup(customer, wanted, choose)
        self._costs[ticket.lookup] = 0
        try:
            request = next(lookup)
            while True:
                request = lookup.send(self._answer(account, request, ticket))
        except StopIteration as end:
            outcome: Answered = end.value
            return outcome
        except Withheld:
            return Objected()
        except ProviderError as error:
            return Failed(str(error))

    def _answer(self, account: Account, request: Request, ticket: Ticket) -> Response:
        question = question_text(account.provider.name, request)
        if (known := self._answers.get(question)) and request.poll_after is None:
            return known
        ticket.begun = True
        body = b"" if request.json is None else orjson.dumps(request.json)
        headers, query = {**request.headers, **_KEYS}, {**request.params, "api_token": "key"}
        call = Call(request.method, request.path, query, headers, body)
        reply = self._vendors[account.provider.name].answer(call)
        self._vendors[account.provider.name].arrived(reply)
        response = Response(reply.status, reply.body, {name.lower(): text for name, text in reply.headers.items()})
        if error := account.provider.error(request, response):
            raise error
        charge = account.provider.charged(request, response)
        self._costs[ticket.lookup] += account.costs(charge.sure).micros + account.costs(charge.in_doubt).micros
        self._answers[question] = response
        return response

    def judged(self, account: Account, ticket: Ticket, outcome: object) -> None:
        """No vendor is on trial here."""

    async def settle(self, ticket: Ticket) -> None:
        """Everything is booked by `run`."""


def _link(provider: Provider) -> Link:
    pace = Pace(Departures(()), Clock())
    account = Account(provider=provider, base_url="", auth=bearer("key"), pace=pace, timeout=30, price=provider.price)
    return Link(provider, account)
