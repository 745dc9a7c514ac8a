"""Several runs at once on one store, with little quota, little money and vendors in trouble: all of them always end."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import anyio
import httpx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.money import Money
from enrich_cli.domain.outcomes import Found, Identity, NotFound, Outcome
from enrich_cli.domain.person import Person
from enrich_cli.domain.report import Count
from enrich_cli.engine.chain import Chain, Link
from enrich_cli.gateway.account import Account
from enrich_cli.gateway.clock import Clock
from enrich_cli.gateway.departures import Departures
from enrich_cli.gateway.gateway import Gateway
from enrich_cli.gateway.limit import Limit
from enrich_cli.gateway.pace import Pace
from enrich_cli.gateway.places import Places
from enrich_cli.providers.auth import bearer
from enrich_cli.providers.base import Provider
from enrich_cli.providers.lookup import ONE, Choose, Lookup, Request
from enrich_cli.store import run_store
from enrich_cli.store.caps import Caps
from tests.httpx_transport import HttpxTransport

if TYPE_CHECKING:
    from tests.engine.conftest import Make, Office

CENT = Money(10_000)
LIMIT = 50
HASTE = 1000
"""Times as fast as on the wall."""
PATIENCE_SECONDS = 60
"""Many times what any case takes."""
STORES = itertools.count()
LOST = 0
"""In place of a status: the connection breaks after the request has left."""


class FastClock(Clock):
    def now(self) -> datetime:
        return datetime(2026, 11, 3, 9, 30, tzinfo=UTC)

    def monotonic(self) -> float:
        return HASTE * time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await anyio.sleep(seconds / HASTE)

    def later(self, seconds: float, call: Callable[[], None]) -> Callable[[], None]:
        return super().later(seconds / HASTE, call)


def lookup(provider: Provider, customer: Customer, wanted: frozenset[str], choose: Choose) -> Lookup:
    """Customers of one company share a question. An answer may be late, and may lead to a second question."""
    find = Request(method="GET", path="/find", params={"at": customer.company or ""}, fields=frozenset({"company"}))
    response = yield find
    while response.status == 202:
        response = yield Request(method="GET", path="/find", params=find.params, poll_after=5)
    if response.status == 404:
        return NotFound()
    if response.status == 206:
        yield Request(method="GET", path="/more", params=find.params)
    return Found(Person(job_title="Countess"), Identity(asked_by=frozenset({"email"})))


def vendor(make: Make, name: str, data_type: DataType) -> Provider:
    def most(provider: Provider, customer: Customer, wanted: frozenset[str]) -> Fraction:
        return 2 * ONE

    return make.provider(name, data_type=data_type, price=CENT, lookup=lookup, most=most)


@dataclass(frozen=True)
class Job:
    """One run."""

    customers: list[int]
    concurrency: int
    max_cents: int | None
    killed_after: float | None
    """Seconds."""


@dataclass(frozen=True)
class Case:
    jobs: list[Job]
    places: int
    """What is left of the quota."""
    budget_cents: int | None
    answers: list[int]
    """Statuses with which the vendors answer, one after the other; later on everybody is found."""


CENTS = st.sampled_from([None, 2, 3, 5, 8])
JOBS = st.builds(
    Job,
    customers=st.lists(st.integers(0, 7), min_size=1, max_size=8),
    concurrency=st.integers(1, 3),
    max_cents=CENTS,
    killed_after=st.sampled_from([None, None, None, 0.02]),
)
CASES = st.builds(
    Case,
    jobs=st.lists(JOBS, min_size=2, max_size=3),
    places=st.integers(1, 6),
    budget_cents=CENTS,
    answers=st.lists(st.sampled_from([200, 404, 202, 206, 429, 503, LOST, 400]), max_size=25),
)


class Vendors:
    """All of them, as one transport."""

    def __init__(self, answers: list[int]) -> None:
        self._answers = iter(answers)

    async def answer(self, request: httpx.Request) -> httpx.Response:
        await anyio.sleep(0.001)
        status = next(self._answers, 200)
        if status == LOST:
            raise httpx.ReadError("reset")
        return httpx.Response(status, json={}, headers={"Retry-After": "5"} if status == 429 else None)


async def work(office: Office, make: Make, job: Job, case: Case, vendors: Vendors) -> None:
    """A run from its beginning to its end, or until it is killed."""
    caps = Caps(run=cents(job.max_cents), month=cents(case.budget_cents))
    with anyio.move_on_after(job.killed_after) as life:
        async with office.store(caps=caps) as store:
            chains = {
                kind: Chain(kind, [link(vendor(make, name, kind), office.clock, job) for name in names])
                for kind, names in ((DataType.PERSON, ("first", "second")), (DataType.BUSINESS, ("third",)))
            }
            run = await office.new_pass(store, chains, {})
            gateway = Gateway(
                transport=HttpxTransport(httpx.MockTransport(vendors.answer)),
                journal=store,
                stop=run.stop,
                clock=office.clock,
                chance=random.Random(7),
                max_pause=120,
                on_closed=lambda _: None,
            )
            rows = [make.row(line, f"c{one}", company=f"firm {one % 3}") for line, one in enumerate(job.customers, 2)]
            await office.go(store, chains, run, rows, concurrency=job.concurrency, gateway=gateway)
            assert run.complete
            assert sum(run.counts.values()) == len(run.finished) == len(rows)
    assert job.killed_after or not life.cancelled_caught


def link(provider: Provider, clock: Clock, job: Job) -> Link:
    account = Account(
        provider=provider,
        base_url="https://vendor.test",
        auth=bearer("k3y"),
        pace=Pace(Departures(()), clock),
        timeout=30,
        price=provider.price,
        places=Places(Limit(job.concurrency)),
    )
    return Link(provider, account)


def cents(number: int | None) -> Money | None:
    return None if number is None else Money(number * CENT.micros)


async def all_work(office: Office, make: Make, case: Case) -> None:
    vendors = Vendors(case.answers)
    with anyio.fail_after(PATIENCE_SECONDS):
        async with anyio.create_task_group() as tasks:
            for job in case.jobs:
                tasks.start_soon(work, office, make, job, case, vendors)


def assert_no_cap_is_passed(office: Office, case: Case) -> None:
    ((count, costs),) = office.sql("SELECT enrichments_count, api_costs FROM customer_enrichment_usage")
    assert count <= LIMIT
    assert case.budget_cents is None or costs <= case.budget_cents * CENT.micros
    most = {job.max_cents for job in case.jobs}
    if None not in most:
        spent = office.sql("SELECT cost + in_doubt FROM runs ORDER BY 1")
        allowed = sorted(job.max_cents or 0 for job in case.jobs)
        assert all(cost <= cap * CENT.micros for (cost,), cap in zip(spent, allowed, strict=True))


@pytest.fixture
def always_ends(
    make: Make, open_office: Callable[[Path], Office], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Case], None]:
    """Runs a case; fails when it does not end, or passes a cap."""
    monkeypatch.setattr(run_store, "LOOK_AGAIN_SECONDS", 0.01)

    def run(case: Case) -> None:
        office = open_office(tmp_path / f"{next(STORES)}.db")
        office.clock = FastClock()
        office.use_quota(LIMIT - case.places)
        anyio.run(all_work, office, make, case)
        assert office.broken() == []
        assert_no_cap_is_passed(office, case)

    return run


def for_cases(number: int) -> settings:
    return settings(max_examples=number, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


TWO_ROWS_OF_WHOM_ANOTHER_RUN_CLAIMS = Case(
    jobs=[Job([0, 6, 0, 0], 2, None, None), Job([6, 6, 0], 1, None, None)],
    places=1,
    budget_cents=2,
    answers=[202, 400, 206, 404, 503],
)
"""While the first of them waits for the last place; the second is not to wait for it in front of it."""


@pytest.mark.timeout(600)  # when it fails, the case takes a while to be made small
@for_cases(15)
@example(case=TWO_ROWS_OF_WHOM_ANOTHER_RUN_CLAIMS)
@given(case=CASES)
def test_every_case_ends_within_every_cap(always_ends: Callable[[Case], None], case: Case) -> None:
    always_ends(case)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@for_cases(300)
@given(case=CASES)
def test_very_many_cases_end_within_every_cap(always_ends: Callable[[Case], None], case: Case) -> None:
    always_ends(case)


async def test_who_waits_for_a_place_does_not_hold_up_whoever_has_the_last_one(make: Make, office: Office) -> None:
    """The first row is planned again, with what is known of the person; by then the second has the last place."""
    office.use_quota(LIMIT - 2)
    person = Chain(DataType.PERSON, [make.link("clearbit")])
    places = make.link("places", data_type=DataType.BUSINESS, needs=(frozenset({"company"}),))
    business = Chain(DataType.BUSINESS, [places])
    ada, bob = make.row(2, "ada"), make.row(3, "bob")
    says: dict[str, Outcome] = {"clearbit": make.found(company="Analytical Engines"), "places": NotFound()}
    await office.run({DataType.PERSON: person}, says, [ada])
    with anyio.fail_after(10):
        run = await office.run({DataType.PERSON: person, DataType.BUSINESS: business}, says, [ada, bob])
    assert run.counts == {Count.ENRICHED: 1, Count.OVER_QUOTA: 1}
