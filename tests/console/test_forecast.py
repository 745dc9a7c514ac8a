"""What a dry run says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from enrich_cli.console.forecast import forecast_json, print_forecast
from enrich_cli.domain.money import Money
from enrich_cli.engine.dry_run import Forecast

if TYPE_CHECKING:
    from tests.console.conftest import Paper


@pytest.fixture
def said() -> Forecast:
    return Forecast(
        cached=1,
        to_look_up=1_234,
        over_quota=3,
        rejected=4,
        suppressed=5,
        cost_max=Money(1_234_000_000),
        cost_expected=Money(600_500_000),
        interval=(Money(550_000_000), Money(650_004_900)),
    )


def test_as_json_it_is_the_contract_s_document_and_more(said: Forecast) -> None:
    assert json.loads(forecast_json(said)) == {
        "cached": 1,
        "to_look_up": 1_234,
        "over_quota": 3,
        "rejected": 4,
        "suppressed": 5,
        "cost_max_usd": "1234.00",
        "cost_expected_usd": "600.50",
        "interval_usd": ["550.00", "650.0049"],
        "unpriced": [],
    }


def test_for_people_it_says_that_nothing_was_done_and_what_a_run_would_do(said: Forecast, paper: Paper) -> None:
    print_forecast(said, paper.console)
    assert paper.lines == [
        "dry run: nothing was sent, nothing was written",
        "  1,234 to look up, 1 cached, 3 over quota, 4 rejected, 5 suppressed",
        "  costs at most $1,234.00; expected $600.50 (80 %: $550.00 to $650.0049)",
    ]


def test_a_provider_without_a_known_price_is_never_shown_as_free(said: Forecast, paper: Paper) -> None:
    said.unpriced.append("corelogic")
    print_forecast(said, paper.console)
    assert "price of corelogic is not known" in " ".join(paper.lines)
    assert json.loads(forecast_json(said))["unpriced"] == ["corelogic"]
