"""The run report in the making."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Result, State
from enrich_cli.domain.events import Event, LookupEnded, ProviderClosed
from enrich_cli.domain.money import Money
from enrich_cli.domain.outcomes import Failed, NotFound, Objected, Outcome
from enrich_cli.domain.rejection import MOST_NAMED
from enrich_cli.domain.report import Count, Quota, RunReport
from enrich_cli.domain.tier import Tier
from enrich_cli.engine.chain import Chain, Link
from enrich_cli.engine.findings import Attempt
from enrich_cli.engine.tally import MOST_WARNINGS, Tally
from enrich_cli.gateway.slots import Slots
from enrich_cli.gateway.ticket import Ticket

if TYPE_CHECKING:
    from tests.engine.conftest import Make, Office


@pytest.fixture
def report(office: Office) -> RunReport:
    quota = Quota(
        company="acme", tier=Tier.FREE, month="2026-11", used=0, reserved=0, limit=50, resets_at=office.clock.now()
    )
    return RunReport(run_id="run", command="enrich", company="acme", sandbox=False, quota=quota)


async def attempt(outcome: Outcome | None, *, retries: int = 0) -> Attempt:
    async with Slots(1).slot() as slot:
        ticket = Ticket(lookup=1, customer_id="ada", slot=slot, begun=True, latency_ms=200, retries=retries)
        return Attempt("clearbit", ticket, outcome)


def test_there_is_an_entry_for_every_provider_of_the_chains_in_their_order(make: Make, report: RunReport) -> None:
    links = [make.link("clearbit"), Link(make.provider("hunter"), None, "not configured", configured=False)]
    Tally(report, [Chain(DataType.PERSON, links), make.chain("places", data_type=DataType.BUSINESS)])
    assert [(entry.provider, entry.data_type.value, entry.disabled) for entry in report.providers] == [
        ("clearbit", "person", None),
        ("hunter", "person", "not configured"),
        ("places", "business", None),
    ]


def test_what_is_left_out_under_a_cap_has_no_known_price(make: Make, report: RunReport) -> None:
    links = [
        make.link("clearbit"),
        make.link("fullcontact", price=None),
        Link(make.provider("hunter"), None, "its price is not known and a cost cap is set"),
        Link(make.provider("other"), None, "not configured", configured=False),
    ]
    Tally(report, [Chain(DataType.PERSON, links)])
    assert [entry.priced for entry in report.providers] == [True, False, False, True]


async def test_a_lookup_counts_with_its_outcome_its_time_and_what_was_booked(make: Make, report: RunReport) -> None:
    tally = Tally(report, [make.chain("clearbit")])
    for outcome, retries in ((make.found(), 2), (NotFound(), 0), (Failed("lost"), 1), (Objected(), 0), (None, 0)):
        tally.ended(await attempt(outcome, retries=retries), (100_000, 50_000))
    (entry,) = report.providers
    assert (entry.lookups, entry.found, entry.not_found, entry.failed, entry.retries) == (5, 1, 1, 3, 3)
    assert (entry.cost, report.cost, report.in_doubt) == (Money(500_000), Money(500_000), Money(250_000))
    assert entry.latency.percentile(0.5) == pytest.approx(200, rel=0.01)


async def test_what_was_answered_from_disk_is_no_lookup(make: Make, report: RunReport) -> None:
    tally = Tally(report, [make.chain("clearbit")])
    tally.ended(await attempt(make.found()), None)
    assert (report.providers[0].lookups, report.providers[0].found) == (0, 0)


def test_a_vendor_that_was_closed_says_why_and_whether_it_was_the_key(make: Make, report: RunReport) -> None:
    chain = make.chain("clearbit")
    tally = Tally(report, [chain])
    account = chain.links[0].account
    assert account is not None
    account.closed, account.key_refused = "the key was refused (status 401)", True
    tally.closed(account)
    entry = report.providers[0]
    assert (entry.disabled, entry.key_refused) == ("the key was refused (status 401)", True)


def test_rows_land_in_their_count_and_a_refusal_is_remembered(make: Make, report: RunReport) -> None:
    tally = Tally(report, [])
    for count in (Count.ENRICHED, Count.ENRICHED, Count.PARTIAL):
        tally.read(1)
        tally.landed(count, [Result(State.FOUND)])
    assert (report.read, report.customers[Count.ENRICHED], report.capped) == (3, 2, False)
    tally.landed(Count.OVER_QUOTA, [Result(State.FAILED, refused=True)])
    assert report.capped


async def test_that_a_price_is_not_known_is_said_once_when_somebody_was_asked(make: Make, report: RunReport) -> None:
    tally = Tally(report, [Chain(DataType.PERSON, [make.link("clearbit", price=None), make.link("hunter")])])
    assert report.warnings == []
    for _ in range(2):
        tally.ended(await attempt(make.found()), (0, 0))
    (warning,) = report.warnings
    assert "clearbit" in warning
    assert "CLEARBIT_COST_USD" in warning


def test_the_first_rejected_rows_are_named(report: RunReport) -> None:
    tally = Tally(report, [])
    for line in range(2, 2 + 2 * MOST_NAMED):
        tally.rejected(line, "has 1 cell, the header has 2")
    assert report.rejections.number == 2 * MOST_NAMED
    assert [one.line for one in report.rejections.named] == [*range(2, 2 + MOST_NAMED)]
    assert report.rejections.named[0].reason == "has 1 cell, the header has 2"


def test_many_warnings_end_with_a_word_that_there_were_more(report: RunReport) -> None:
    tally = Tally(report, [])
    for number in range(2 * MOST_WARNINGS):
        tally.warn(f"line {number}")
    assert len(report.warnings) == MOST_WARNINGS + 1
    assert "more" in report.warnings[-1]


class TestEvents:
    async def test_each_lookup_is_told_with_its_customer_and_what_it_cost(self, make: Make, report: RunReport) -> None:
        told: list[Event] = []
        tally = Tally(report, [make.chain("clearbit")], told.append)
        tally.ended(await attempt(make.found(), retries=2), (100_000, 50_000))
        assert told == [
            LookupEnded(
                run_id="run",
                customer_id="ada",
                data_type=DataType.PERSON,
                provider="clearbit",
                outcome="found",
                reason=None,
                from_disk=False,
                latency_ms=200,
                retries=2,
                cost_usd=Money(100_000),
                in_doubt_usd=Money(50_000),
            )
        ]

    async def test_what_came_from_disk_and_why_one_failed_is_told_too(self, make: Make, report: RunReport) -> None:
        told: list[Event] = []
        tally = Tally(report, [make.chain("clearbit")], told.append)
        tally.ended(await attempt(NotFound()), None)
        tally.ended(await attempt(Failed("does not fit the cap", refused=True)), None)
        assert [(one.outcome, one.from_disk, one.reason) for one in told if isinstance(one, LookupEnded)] == [
            ("not_found", True, None),
            ("failed", False, "does not fit the cap"),
        ]

    async def test_a_lookup_that_an_interrupt_kept_from_being_sent_is_not_told(
        self, make: Make, report: RunReport
    ) -> None:
        told: list[Event] = []
        tally = Tally(report, [make.chain("clearbit")], told.append)
        tally.ended(await attempt(None), None)
        assert told == []
        tally.ended(await attempt(None), (0, 50_000))
        assert [one.outcome for one in told if isinstance(one, LookupEnded)] == ["failed"]

    def test_a_vendor_that_is_closed_is_told_with_the_reason(self, make: Make, report: RunReport) -> None:
        told: list[Event] = []
        chain = make.chain("clearbit")
        (account,) = (link.account for link in chain.links)
        assert account is not None
        account.closed = "no credit left"
        Tally(report, [chain], told.append).closed(account)
        assert told == [ProviderClosed(run_id="run", provider="clearbit", reason="no credit left")]
