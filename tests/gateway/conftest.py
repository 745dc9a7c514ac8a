"""A gateway without a network: the test moves time, a vendor says what it is told to, the journal is in memory."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from ipaddress import IPv4Address
from pathlib import Path
from typing import TypeAlias, TypeVar

import anyio
import httpx
import pytest
from anyio.abc import TaskGroup
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from enrich_cli.domain.customer import Customer, customer_from
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.money import ZERO, Money
from enrich_cli.domain.outcomes import Found, Identity, NotFound, Outcome
from enrich_cli.domain.person import Person
from enrich_cli.domain.rate import parse_rate
from enrich_cli.gateway.account import Account
from enrich_cli.gateway.clock import Clock
from enrich_cli.gateway.departures import Departures, OwnDepartures
from enrich_cli.gateway.gateway import Gateway
from enrich_cli.gateway.journal import Question, Ruling, Settlement, Verdict
from enrich_cli.gateway.pace import Pace
from enrich_cli.gateway.slots import Slots
from enrich_cli.gateway.stop import Interrupted, Stop
from enrich_cli.gateway.ticket import Ticket
from enrich_cli.providers.auth import HeaderKey, bearer
from enrich_cli.providers.base import Provider
from enrich_cli.providers.errors import BadAnswer, Withheld
from enrich_cli.providers.lookup import NOTHING, ONE, Charge, Choose, Lookup, Request, Response
from tests.httpx_transport import HttpxTransport

T = TypeVar("T")
Said: TypeAlias = tuple[int, object] | tuple[int, object, dict[str, str]] | httpx.Response | httpx.TransportError
"""A status with a body (JSON, or bytes as they are) and headers; a whole response; or how the transport fails."""

POLL_SECONDS = 5.0
TURNS = 500
"""Turns of the event loop: more than anything here takes to reach its next wait."""


async def all_wait() -> None:
    """Return when everybody has got as far as possible without time passing."""
    for _ in range(TURNS):
        await anyio.lowlevel.checkpoint()


class HandClock(Clock):
    """Time that passes only when it is told to."""

    def __init__(self) -> None:
        self.time = 1_000.0
        self.slept: list[float] = []
        self._moved = anyio.Event()
        self._ends: list[float] = []
        self._later: dict[Callable[[], None], float] = {}

    def now(self) -> datetime:
        return datetime(2026, 11, 3, 9, 30, tzinfo=UTC) + timedelta(seconds=self.time - 1_000)

    def monotonic(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        until = self.time + seconds
        self._ends.append(until)
        try:
            while self.time < until:
                await self._moved.wait()
        finally:
            self._ends.remove(until)

    def later(self, seconds: float, call: Callable[[], None]) -> Callable[[], None]:
        self._later[call] = self.time + seconds

        def no_longer() -> None:
            self._later.pop(call, None)

        return no_longer

    async def advance(self, seconds: float) -> None:
        """Let this many seconds pass, and everybody go on who then may."""
        await all_wait()
        self.time += seconds
        for call in [call for call, at in self._later.items() if at <= self.time]:
            del self._later[call]
            call()
        self._moved.set()
        self._moved = anyio.Event()
        await all_wait()

    async def until_done(self, work: Coroutine[None, None, T]) -> T:
        """The result of the work; whenever everything waits, time jumps to the end of the next sleep."""
        task = asyncio.ensure_future(work)
        await all_wait()
        while not task.done() and self._ends:
            await self.advance(min(self._ends) - self.time)
        return await task


class MemoryJournal:
    """A `Journal` that allows everything, answers what it knows, and records what happens in which order."""

    def __init__(self, happened: list[str]) -> None:
        self.happened = happened
        self.rulings: list[Ruling] = []
        """What it says to the next questions; after these, SEND."""
        self.questions: list[Question] = []
        """The lookups that were let go."""
        self.settled: list[Settlement] = []
        self.kept: dict[bytes, Response] = {}
        self.when_asked: Callable[[], None] = lambda: None
        self.gave_up: list[int] = []
        self._in_air: dict[int, Question] = {}
        self._news = anyio.Event()

    async def recall(self, question: Question) -> Response | None:
        answer = self.kept.get(question.text)
        return None if answer and question.repeat and answer.status == 202 else answer

    async def ask(self, question: Question) -> Verdict:
        await anyio.lowlevel.checkpoint()
        self.when_asked()
        if answer := await self.recall(question):
            return answer
        ruling = self.rulings.pop(0) if self.rulings else Ruling.SEND
        self.happened.append({Ruling.SEND: "written down"}.get(ruling, ruling.name.lower()))
        if ruling is Ruling.SEND:
            assert question.lookup not in self._in_air, "settle one request before the next is written down"
            self._in_air[question.lookup] = question
            self.questions.append(question)
        return ruling

    async def answered(self, lookup: int, settlement: Settlement) -> None:
        await anyio.lowlevel.checkpoint()
        question = self._in_air.pop(lookup)
        assert settlement.cost + settlement.in_doubt <= question.most
        self.happened.append("settled")
        self.settled.append(settlement)
        if settlement.answer:
            self.kept[question.text] = settlement.answer

    async def let_go(self, lookup: int) -> None:
        self.happened.append(f"let go of {lookup}")

    def no_longer_waits(self, lookup: int) -> None:
        self.gave_up.append(lookup)

    async def changed(self, lookup: int) -> None:
        await self._news.wait()

    def tell(self) -> None:
        self._news.set()
        self._news = anyio.Event()

    @property
    def cost(self) -> Money:
        return sum((settlement.cost for settlement in self.settled), ZERO)

    @property
    def in_doubt(self) -> Money:
        return sum((settlement.in_doubt for settlement in self.settled), ZERO)


class Vendor(Provider):
    """One unit for a hit, a miss is free; it may have to be polled, and a hit may name a second page."""

    name, data_type, keys = "vendor", DataType.PERSON, ("VENDOR_API_KEY",)
    base_url, rate, price = "https://vendor.test", "none", Money(100_000)
    hit_price, miss_price = "$0.10", "free"
    reads = frozenset({"email"})
    needs = (reads,)

    def auth(self, *keys: str) -> HeaderKey:
        return bearer(*keys)

    def most(self, customer: Customer, wanted: frozenset[str]) -> Fraction:
        return 2 * ONE

    def lookup(self, customer: Customer, wanted: frozenset[str], choose: Choose) -> Lookup:
        question = Request(method="GET", path="/find", params={"email": customer.email or ""}, fields=self.reads)
        response = yield question
        while response.status == 202:
            response = yield Request(method="GET", path="/find", params=question.params, poll_after=POLL_SECONDS)
        if response.status == 404:
            return NotFound()
        person = response.json()
        if person.get("objects"):
            raise Withheld("the person objects")
        if "more" in person:
            person |= (yield Request(method="GET", path=person["more"], params=question.params)).json()
        if "name" not in person:
            raise BadAnswer("no name")
        return Found(Person(full_name=person["name"]), Identity(asked_by=self.reads))

    def charged(self, request: Request, response: Response) -> Charge:
        return Charge(sure=ONE if response.status == 200 else NOTHING)

    def pause_after(self, response: Response) -> float | None:
        return float(response.headers.get("x-rest", 0))


@dataclass
class World:
    """One gateway and one account at a vendor; `says` is what the vendor answers, in order."""

    clock: HandClock = field(default_factory=HandClock)
    happened: list[str] = field(default_factory=list)
    stop: Stop = field(default_factory=Stop)
    sent: list[httpx.Request] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    tickets: list[Ticket] = field(default_factory=list)
    outcomes: list[object] = field(default_factory=list)
    """The outcomes of the started lookups, in the order in which they ended."""
    hold: anyio.Event | None = None
    """Until it is set, answers stay on the wire."""
    after: int | None = None
    """For each lookup, the one before it in its chain."""
    connecting_seconds: float = 0.0
    """Awaited to make the connection for the first request."""

    def __post_init__(self) -> None:
        self.says: list[Said] = []
        self.journal = MemoryJournal(self.happened)
        self.slots = Slots(50)
        self.account = self.open_account()
        self.transport = HttpxTransport(httpx.MockTransport(self._answer), self._connect)
        self.gateway = Gateway(
            transport=self.transport,
            journal=self.journal,
            stop=self.stop,
            clock=self.clock,
            chance=random.Random(7),
            max_pause=120.0,
            on_closed=lambda account: self.closed.append(account.closed or ""),
        )

    def open_account(self, rate: str = "none", **own_rates: str) -> Account:
        """`own_rates`: the rates of single-word paths that have one, without the slash."""
        departures = Departures(parse_rate(rate))
        self.account = Account(
            provider=Vendor(),
            base_url="https://vendor.test",
            auth=bearer("k3y"),
            pace=Pace(departures, self.clock),
            own_paces={
                f"/{path}": Pace(OwnDepartures(Departures(parse_rate(own)), departures), self.clock)
                for path, own in own_rates.items()
            },
            timeout=30,
            price=Vendor.price,
        )
        return self.account

    def unload_transport(self) -> None:
        """From now on it is not open; `happened` tells when it is asked to be."""
        unloaded = replace(self.transport, is_open=False, loading=lambda: self.happened.append("loaded"))
        self.gateway = replace(self.gateway, transport=unloaded)

    async def ask(self, email: str = "ada@example.com") -> Outcome:
        """One lookup, in its own slot, settled as a chain would before it asks the next provider. Raises
        Interrupted.
        """
        customer = customer_from({"email": email})
        assert customer is not None
        async with self.slots.slot() as slot:
            ticket = Ticket(lookup=len(self.tickets) + 1, customer_id=email, slot=slot, after=self.after)
            self.tickets.append(ticket)
            outcome = await self.gateway.look_up(self.account, customer, frozenset(), lambda _: 0, ticket)
            self.happened.append("told")
            self.gateway.judged(self.account, ticket, outcome)
            await self.gateway.settle(ticket)
            return outcome

    async def start(self, tasks: TaskGroup, *emails: str) -> None:
        """Start lookups in the background, in this order, each as far as it gets without time passing."""

        async def note(email: str) -> None:
            try:
                self.outcomes.append(await self.ask(email))
            except Interrupted as interrupted:
                self.outcomes.append(interrupted)

        for email in emails:
            tasks.start_soon(note, email)
            await all_wait()

    async def look_up(self, *says: Said) -> Outcome:
        """One lookup to its end, with the vendor saying this; time jumps over every wait."""
        self.says.extend(says)
        return await self.clock.until_done(self.ask())

    def _connect(self) -> None:
        self.clock.time += self.connecting_seconds
        self.connecting_seconds = 0.0

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        self.happened.append("sent")
        self.sent.append(request)
        said = self.says.pop(0)
        if self.hold:
            await self.hold.wait()
        if isinstance(said, httpx.TransportError):
            raise said
        if isinstance(said, httpx.Response):
            return said
        status, body, *headers = said
        content = {"content": body} if isinstance(body, bytes) else {"json": body}
        return httpx.Response(status, headers=headers[0] if headers else None, **content)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A file with a self-made key and certificate for 127.0.0.1, which nobody trusts by default."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "vendor.test")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = tmp_path / "vendor.pem"
    file.write_bytes(secret + signed.public_bytes(pem))
    return file
