"""What a dry run says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from enrich_cli.console.forecast import BEFORE, DRY_RUN, Setup, forecast_json, print_forecast
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.expectation import Expectation
from enrich_cli.domain.money import Money
from enrich_cli.domain.rate import parse_rate
from enrich_cli.domain.rejection import Rejection, Rejections
from enrich_cli.domain.report import Quota
from enrich_cli.engine.crowd import Reach
from enrich_cli.engine.dry_run import Forecast
from enrich_cli.engine.duration import CONCURRENCY, Duration, Load

if TYPE_CHECKING:
    from tests.console.conftest import Paper

SETUP = Setup()
NAMED = [Rejection(line, "has 3 cells, the header has 2") for line in range(2, 6)]


@pytest.fixture
def said() -> Forecast:
    return Forecast(
        cached=1,
        to_look_up=1_234,
        over_quota=3,
        rejections=Rejections(4, NAMED),
        suppressed=5,
        cost=Expectation(
            most=Money(1_234_000_000),
            expected=Money(600_500_000),
            low=Money(550_000_000),
            high=Money(650_004_900),
        ),
        to_reach=1_237,
        reach=Reach(quota=2_000, cost=1),
        duration=Duration(
            seconds=1_440.04,
            bottleneck="google_places",
            at_once=50,
            loads=(
                Load(provider="clearbit", requests=1_237, rate=(), seconds=0.0),
                Load(provider="google_places", requests=7_400, rate=parse_rate("300/1m"), seconds=1_440.0),
            ),
        ),
    )


def test_as_json_it_is_the_contract_s_document_and_more(said: Forecast) -> None:
    assert json.loads(forecast_json(said, SETUP)) == {
        "cached": 1,
        "to_look_up": 1_234,
        "over_quota": 3,
        "rejected": 4,
        "rejections": [{"line": line, "reason": "has 3 cells, the header has 2"} for line in range(2, 6)],
        "suppressed": 5,
        "cost_max_usd": "1234.00",
        "cost_expected_usd": "600.50",
        "interval_usd": ["550.00", "650.0049"],
        "reach": {"customers": 1, "of": 1_237, "quota": 2_000, "cost": 1},
        "expected_duration_s": 1440.0,
        "bottleneck": "google_places",
        "providers": [
            {"provider": "clearbit", "requests": 1_237, "rate": "none", "seconds": 0.0},
            {"provider": "google_places", "requests": 7_400, "rate": "300/1m", "seconds": 1440.0},
        ],
        "unpriced": [],
        "sandbox": False,
        "skipped_types": {},
        "disabled": {},
    }


def test_for_people_it_says_that_nothing_was_done_and_what_a_run_would_do(
    said: Forecast, quota: Quota, paper: Paper
) -> None:
    print_forecast(said, paper.console, mapping={"email": "Mail", "name": "name"}, quota=quota, setup=SETUP)
    assert paper.lines == [
        "dry run: nothing was sent, nothing was written: 1,247 rows",
        "  columns: email from 'Mail'",
        "  1,234 to look up   1 cached   3 over quota   4 rejected   5 suppressed",
        "  costs at most $1,234.00; expected $600.50 (80 %: $550.00 to $650.00)",
        "  takes about 24 min: google_places limits it (7,400 requests at 300/1m)",
        "  enough for about 2,000 by quota, 1 by cost cap, of 1,237 customers to look up",
        "  acme (pro): 6 of 50 left this month, 0 or more after it",
        *(f"line {line} rejected: has 3 cells, the header has 2" for line in range(2, 6)),
    ]


def test_before_a_run_no_rejected_row_is_named_since_its_report_will(
    said: Forecast, quota: Quota, paper: Paper
) -> None:
    print_forecast(said, paper.console, BEFORE, mapping={}, quota=quota, setup=SETUP)
    assert "line 2" not in paper.text


def test_a_provider_without_a_known_price_is_never_shown_as_free(said: Forecast, quota: Quota, paper: Paper) -> None:
    said.unpriced.append("corelogic")
    print_forecast(said, paper.console, mapping={}, quota=quota, setup=SETUP)
    assert "price of corelogic is not known" in " ".join(paper.lines)
    assert json.loads(forecast_json(said, SETUP))["unpriced"] == ["corelogic"]


def test_one_customer_is_not_called_several(said: Forecast, quota: Quota, paper: Paper) -> None:
    said.to_reach = 1
    print_forecast(said, paper.console, mapping={}, quota=quota, setup=SETUP)
    assert "  enough for about 2,000 by quota, 1 by cost cap, of 1 customer to look up" in paper.lines


def test_that_everything_is_synthetic_is_said_first(said: Forecast, quota: Quota, paper: Paper) -> None:
    print_forecast(said, paper.console, mapping={}, quota=quota, setup=Setup(sandbox=True))
    assert paper.lines[0] == "SANDBOX: all of this data is synthetic"
    assert json.loads(forecast_json(said, Setup(sandbox=True)))["sandbox"] is True


@pytest.mark.parametrize(
    ("heading", "told"),
    [(DRY_RUN, ["clearbit: not configured: set X", "property would be skipped: needs tier pro"]), (BEFORE, [])],
)
def test_a_dry_run_says_what_is_left_out_where_else_the_report_will(
    said: Forecast, quota: Quota, paper: Paper, heading: str, told: list[str]
) -> None:
    setup = Setup(skipped_types={DataType.PROPERTY: "needs tier pro"}, disabled={"clearbit": "not configured: set X"})
    print_forecast(said, paper.console, heading, mapping={}, quota=quota, setup=setup)
    assert [line for line in paper.lines if line.startswith(("clearbit", "property"))] == told
    document = json.loads(forecast_json(said, setup))
    assert document["skipped_types"] == {"property": "needs tier pro"}
    assert document["disabled"] == {"clearbit": "not configured: set X"}


def test_without_bounds_nothing_is_said_of_them(said: Forecast, quota: Quota, paper: Paper) -> None:
    said.reach = Reach()
    print_forecast(said, paper.console, mapping={}, quota=quota, setup=SETUP)
    assert "enough for" not in paper.text
    assert json.loads(forecast_json(said, SETUP))["reach"] == {
        "customers": 1_237,
        "of": 1_237,
        "quota": None,
        "cost": None,
    }


@pytest.mark.parametrize(
    ("bottleneck", "words"),
    [(CONCURRENCY, "takes about 24 min: --concurrency limits it (50 lookups at once)"), (None, "takes about 24 min")],
)
def test_it_says_when_no_vendor_s_pace_limits_it(
    said: Forecast, quota: Quota, paper: Paper, bottleneck: str | None, words: str
) -> None:
    said.duration = replace(said.duration, bottleneck=bottleneck)
    print_forecast(said, paper.console, mapping={}, quota=quota, setup=SETUP)
    assert f"  {words}" in paper.lines


def test_where_nobody_is_to_be_asked_nothing_is_said_of_the_time(said: Forecast, quota: Quota, paper: Paper) -> None:
    said.duration = Duration()
    print_forecast(said, paper.console, mapping={}, quota=quota, setup=SETUP)
    assert "takes" not in paper.text
    assert json.loads(forecast_json(said, SETUP))["expected_duration_s"] == 0
