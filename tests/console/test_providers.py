"""The list of providers: a table of 80 columns, and one JSON document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from enrich_cli.console.providers import print_providers, providers_json
from enrich_cli.domain.rate import parse_rate
from enrich_cli.engine.roster import Entry
from enrich_cli.gateway.probing import Standing, State
from enrich_cli.providers.catalog import PROVIDERS

if TYPE_CHECKING:
    from tests.console.conftest import Paper

ENTRIES = [
    Entry(
        provider=provider,
        position=place,
        account=None,
        disabled=f"not configured: set {' and '.join(provider.keys)}",
        price=provider.price,
        rate=parse_rate(provider.rate),
    )
    for place, provider in enumerate(PROVIDERS, 1)
]
REFUSED = {"hunter": Standing(State.REFUSED, "the key was refused (status 401)")}
WORDS = [Standing(state, f"{'word ' * 12}and the last one") for state in State]


@pytest.mark.parametrize("terminal", [True, False])
def test_the_table_fits_80_columns_and_cuts_no_name_of_a_setting(paper: Paper, *, terminal: bool) -> None:
    paper.terminal = terminal
    print_providers(ENTRIES, {}, paper.console, sandbox=False)
    said = "\n".join(paper.lines)
    for provider in PROVIDERS:
        assert all(key in said for key in (provider.name, *provider.keys))
    assert "CORELOGIC_COST_USD" in said
    assert "15/1s" in said
    assert "$0.0245 a credit" in said
    assert "hit: 0.2 credit" in said
    assert "…" not in said


@pytest.mark.parametrize("standing", WORDS, ids=lambda standing: standing.state.value)
def test_long_answers_fit_too_and_are_whole(paper: Paper, standing: Standing) -> None:
    print_providers(ENTRIES, {entry.provider.name: standing for entry in ENTRIES}, paper.console, sandbox=True)
    assert sum(line.count("word") for line in paper.lines) == 12 * len(PROVIDERS)


def test_the_terms_of_vendors_that_demand_it_are_told(paper: Paper) -> None:
    print_providers(ENTRIES, {}, paper.console, sandbox=False)
    said = " ".join(" ".join(paper.lines).split())
    assert "google_places: Google forbids keeping or exporting Places content" in said
    assert 'opencorporates: Show a visible link "from OpenCorporates"' in said


def test_a_sandbox_says_so(paper: Paper) -> None:
    print_providers(ENTRIES, {}, paper.console, sandbox=True)
    assert paper.lines[0].startswith("SANDBOX")


def test_a_refusal_stands_in_place_of_the_state(paper: Paper) -> None:
    print_providers(ENTRIES, REFUSED, paper.console, sandbox=False)
    said = "\n".join(paper.lines)
    assert "the key was refused" in said
    assert "HUNTER_API_KEY" not in said


def test_the_document_has_every_provider_with_exact_prices() -> None:
    document = json.loads(providers_json(ENTRIES, REFUSED, sandbox=False))
    assert document["sandbox"] is False
    by_name = {entry["provider"]: entry for entry in document["providers"]}
    assert by_name["hunter"] == {
        "provider": "hunter",
        "data_type": "person",
        "position": 3,
        "configured": False,
        "key_from_command": False,
        "disabled": "not configured: set HUNTER_API_KEY",
        "unit": "credit",
        "unit_price_usd": "0.0245",
        "hit": "0.2 credit, 1 for a found address, 0.5 for a verification",
        "miss": "free",
        "rate": "15/1s,500/1m",
        "terms": None,
        "check": {"state": "refused", "detail": "the key was refused (status 401)"},
    }
    assert by_name["corelogic"]["unit_price_usd"] is None
    assert by_name["corelogic"]["check"] is None
    assert "place ids" in by_name["google_places"]["terms"]
