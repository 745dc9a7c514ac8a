"""Runs that end in various ways, as the books have them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from msgspec.structs import replace

from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.expectation import CheapestOrder, Expectation, Refusals
from enrich_cli.domain.latency import Latencies
from enrich_cli.domain.money import Money
from enrich_cli.domain.rate import parse_rate
from enrich_cli.domain.rejection import Rejection, Rejections
from enrich_cli.domain.report import Count, ProviderReport, Quota, RunReport
from enrich_cli.domain.tier import Tier
from enrich_cli.engine.crowd import Reach
from enrich_cli.engine.dry_run import Forecast
from enrich_cli.engine.duration import Duration, Load
from enrich_cli.store.runs import PastRun

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


PERSON, BUSINESS, SOCIAL, PROPERTY = DataType


def quota(tier: Tier, used: int, reserved: int = 0, *skipped: DataType) -> Quota:
    return Quota(
        company="acme",
        tier=tier,
        month="2026-11",
        used=used,
        reserved=reserved,
        limit=tier.terms.limit,
        resets_at=datetime(2026, 12, 1, tzinfo=UTC),
        skipped=skipped,
    )


def provider(name: str, data_type: DataType, found: int, missed: int, micros: int, **more: Any) -> ProviderReport:
    latency = Latencies()
    for number in range(found + missed):
        latency.add(120 + 7 * number)
    entry = ProviderReport(
        provider=name,
        data_type=data_type,
        lookups=found + missed,
        found=found,
        not_found=missed,
        latency=latency,
        cost=Money(micros),
    )
    return replace(entry, **more)


ASKED = [
    provider("clearbit", PERSON, 1_180, 54, 123_400_000),
    provider("fullcontact", PERSON, 40, 14, 2_700_000, in_doubt=Money(700_000), failed=2),
    provider("hunter", PERSON, 9, 5, 44_100),
    provider("google_places", BUSINESS, 1_002, 232, 42_999_900),
    provider("opencorporates", BUSINESS, 800, 202, 501_002_000),
    provider("linkedin", SOCIAL, 711, 523, 12_340_000, in_doubt=Money(5_230_000)),
    provider("twitter", SOCIAL, 0, 0, 0, disabled="not configured: set TWITTER_BEARER_TOKEN", configured=False),
    provider("attom", PROPERTY, 640, 12, 552_014_000),
]


REST = Expectation(
    most=Money(4_125_658_000), expected=Money(3_102_351_139), low=Money(2_900_664_571), high=Money(3_300_950_956)
)


DONE = RunReport(
    run_id="20261125-093000-1a2b3c",
    command="enrich",
    company="acme",
    sandbox=False,
    quota=quota(Tier.ENTERPRISE, 1_234),
    read=1_301,
    customers={
        Count.ENRICHED: 1_190,
        Count.PARTIAL: 12,
        Count.CACHED: 54,
        Count.NOT_FOUND: 32,
        Count.FAILED: 2,
        Count.OVER_QUOTA: 0,
        Count.SUPPRESSED: 1,
        Count.REJECTED: 10,
    },
    providers=ASKED,
    mapping={"email": "E-mail 1 - Value", "company": "Organization 1 - Name", "city": "city", "name": "Name"},
    rejections=Rejections(
        10,
        [Rejection(7, "has 4 cells, the header has 15")]
        + [Rejection(line, "has nothing to look up by: email, company, city, name empty") for line in range(90, 99)],
    ),
    warnings=["line 12 and line 977 are one customer, crm-9, and differ in phone: line 12 was sent"],
    spared={"a role mailbox is not a person": 31, "a PO box is not a property": 1},
    duration_s=1_204.66,
    expectation=Expectation(
        most=Money(2_125_658_000), expected=Money(1_102_351_139), low=Money(900_664_571), high=Money(1_300_950_956)
    ),
)


INTERRUPTED = replace(
    DONE,
    interrupted=True,
    read=411,
    rejections=Rejections(),
    warnings=[],
    spared={},
    customers=dict.fromkeys(Count, 0) | {Count.ENRICHED: 411},
)


CAPPED = replace(
    DONE,
    customers=DONE.customers | {Count.OVER_QUOTA: 900, Count.ENRICHED: 290},
    capped=True,
    refusals=Refusals(customers=900, lookups=3_612, rest=REST),
    cheapest_order=CheapestOrder(default=Money(1_602_351_139), saved=Money(367_851_139)),
)


CLOSED = replace(
    DONE,
    quota=quota(Tier.FREE, 44),
    skipped_types={SOCIAL: "needs tier pro", PROPERTY: "needs tier pro"},
    providers=[
        replace(ASKED[0], disabled="the key was refused (status 401)", key_refused=True),
        replace(ASKED[1], disabled="the account has no credit left (status 402)"),
        replace(ASKED[2], disabled="it found nobody in its first 20 lookups (--stop-after-misses)"),
        *ASKED[3:5],
        replace(ASKED[5], lookups=0, disabled="needs tier pro", configured=False),
    ],
    incomplete="customers.csv, line 1302: the file ends in the middle of a quoted cell",
)


SANDBOX = replace(
    DONE,
    sandbox=True,
    customers=dict.fromkeys(Count, 0) | {Count.ENRICHED: 1},
    read=1,
    providers=ASKED[:1],
    rejections=Rejections(),
    warnings=[],
    spared={},
    expectation=None,
    mapping={},
)


FORECAST = Forecast(
    cached=1,
    to_look_up=412,
    over_quota=825,
    rejections=Rejections(4, [Rejection(line, "has 4 cells, the header has 15") for line in (2, 3, 5, 8)]),
    suppressed=5,
    cost=REST,
    to_reach=1_237,
    reach=Reach(quota=800, cost=412),
    duration=Duration(
        seconds=206.5,
        bottleneck="opencorporates",
        at_once=50,
        loads=(Load(provider="opencorporates", requests=412, rate=parse_rate("2/1s"), seconds=205.0),),
    ),
    unpriced=["corelogic"],
)


RUN = PastRun(
    run_id="20261125-093000-1a2b3c",
    command="enrich",
    state="done",
    sandbox=False,
    resumes=(),
    started_at="2026-11-25T09:30:00.000Z",
    ended_at="2026-11-25T09:50:04.660Z",
    counts={"enriched": 1_190, "partial": 12, "cached": 54, "not_found": 32, "failed": 2, "rejected": 10},
    cost=Money(1_234_500_000),
    in_doubt=Money(5_930_000),
)


RUNS = [
    replace(
        RUN,
        run_id="20261125-113000-0f0f0f",
        started_at="2026-11-25T11:30:00.000Z",
        command="refresh",
        state="running",
        ended_at=None,
        counts={},
        cost=Money(),
        in_doubt=Money(),
    ),
    RUN,
    replace(
        RUN,
        run_id="20261124-093000-4d5e6f",
        state="interrupted",
        counts={"enriched": 3},
        cost=Money(4_900),
        in_doubt=Money(),
    ),
    replace(RUN, run_id="20261123-093000-7a8b9c", state="crashed", counts={}, cost=Money(100_000)),
]
