"""A stored customer, for people and for scripts."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace
from rich.console import Console
from syrupy.assertion import SnapshotAssertion

from enrich_cli.console.customer import customer_line, print_customer
from enrich_cli.console.customer_json import customers_json
from enrich_cli.domain.customer import customer_from
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Enrichment, Known, content_of
from enrich_cli.domain.models import as_data
from enrich_cli.store.showing import Shown, StoredCustomer
from tests.console.conftest import Paper

NOW = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
BUSINESS, SOCIAL = DataType.BUSINESS, DataType.SOCIAL


def enrichment(data_type: DataType, *, ago: timedelta = timedelta(hours=2), **values: object) -> Enrichment:
    return Enrichment(
        data_type=data_type,
        status=Known.FOUND if values else Known.NOT_FOUND,
        cached_at=NOW - ago,
        expires_at=NOW - ago + timedelta(days=7),
        source="google_places" if values else "",
        confidence=0.9996 if values else None,
        content=content_of(
            as_data(data_type, values), dict.fromkeys(values, "google_places"), ("domain agrees", "city disagrees")
        )
        if values
        else None,
    )


@pytest.fixture
def ada() -> StoredCustomer:
    customer = customer_from({"email": "ada@example.com", "name": "Ada Sample"}, "crm-1")
    assert customer is not None
    hours = {"monday": [["09:00", "12:00"], ["13:00", "17:00"]], "sunday": []}
    return StoredCustomer(
        customer,
        [
            Shown(7, enrichment(BUSINESS, name="[b]Example Pumps[/b]", rating=4.6, hours=hours), in_time=True),
            Shown(9, enrichment(SOCIAL, ago=timedelta(days=9)), in_time=False),
        ],
    )


def test_the_panel_says_who_said_what_how_sure_we_are_and_why(ada: StoredCustomer, paper: Paper) -> None:
    print_customer(ada, paper.console, NOW)
    assert "business found by google_places · 99% sure · 2 hours ago · id 7" in paper.text
    assert "because: domain agrees, city disagrees" in paper.text
    rows = [line.strip("│ ").split() for line in paper.lines]
    assert ["rating", "4.6", "google_places"] in rows
    assert ["hours", "monday", "09:00–12:00,", "13:00–17:00", "google_places"] in rows
    assert ["sunday", "closed"] in rows


def test_a_list_that_is_said_to_be_empty_is_shown_as_none(ada: StoredCustomer, paper: Paper) -> None:
    house = enrichment(DataType.PROPERTY, address="12 Oak St", permits=[])
    print_customer(replace(ada, enrichments=[Shown(7, house, in_time=True)]), paper.console, NOW)
    assert ["permits", "none", "google_places"] in [line.strip("│ ").split() for line in paper.lines]


def test_data_types_of_which_nothing_was_asked_are_named(ada: StoredCustomer, paper: Paper) -> None:
    print_customer(ada, paper.console, NOW)
    assert "not looked up yet: person, property" in paper.text


def test_a_narrow_console_has_room_for_every_value(ada: StoredCustomer) -> None:
    paper = Paper(width=40)
    register = enrichment(BUSINESS, registration_status="active", phone="+1 303-555-0129")
    print_customer(replace(ada, enrichments=[Shown(7, register, in_time=True)]), paper.console, NOW)
    text = " ".join(" ".join(line.strip("│ ").split()) for line in paper.lines)
    assert "registration status active · google_places" in text
    assert "phone +1 303-555-0129 · google_places" in text


@pytest.mark.parametrize("width", [80, 140])
def test_data_types_stand_side_by_side_where_they_fit(
    ada: StoredCustomer, width: int, snapshot: SnapshotAssertion
) -> None:
    paper = Paper(width=width)
    home = enrichment(DataType.PROPERTY, address="1 Oak St", market_value=368_750, beds=3, owner_occupied=True)
    ada = replace(ada, enrichments=[*ada.enrichments, Shown(10, home, in_time=True)])
    print_customer(ada, paper.console, NOW)
    assert "\n".join(paper.lines) == snapshot


def test_addresses_can_be_clicked_in_a_terminal_and_are_plain_elsewhere(ada: StoredCustomer, paper: Paper) -> None:
    page = "https://pumps.example/about?x=1"
    ada = replace(ada, enrichments=[Shown(7, enrichment(BUSINESS, website=page), in_time=True)])
    print_customer(ada, paper.console, NOW)
    assert "\x1b" not in paper.text
    drawn = io.StringIO()
    print_customer(ada, Console(file=drawn, width=80, force_terminal=True, color_system="truecolor"), NOW)
    assert re.search(rf"\x1b\]8;[^;]*;{re.escape(page)}\x1b\\", drawn.getvalue())


@pytest.mark.parametrize("evil", ["\x1b]0;owned\x07", "\x9b31m", "\u202eevil", "a\rb"])
def test_what_a_vendor_said_does_not_steer_the_terminal(ada: StoredCustomer, paper: Paper, evil: str) -> None:
    ada = replace(ada, enrichments=[Shown(7, enrichment(BUSINESS, name=f"Pumps{evil}"), in_time=True)])
    print_customer(ada, paper.console, NOW)
    assert "Pumps" in paper.text
    assert not set(paper.text) & set("\x1b\x07\x9b\u202e\r")


def test_nor_does_what_a_source_said(ada: StoredCustomer) -> None:
    customer = customer_from({"email": "ada@example.com", "name": "Ada \x1b[2J"}, "crm-1")
    assert customer is not None
    assert "\x1b" not in customer_line(replace(ada, customer=customer))


def test_what_a_vendor_said_is_no_markup(ada: StoredCustomer, paper: Paper) -> None:
    print_customer(ada, paper.console, NOW)
    assert "[b]Example Pumps[/b]" in paper.text


def test_what_is_too_old_says_so(ada: StoredCustomer, paper: Paper) -> None:
    print_customer(ada, paper.console, NOW)
    assert "social not found · 9 days ago, no longer fresh · id 9" in paper.text


def test_a_line_has_the_id_the_name_and_what_is_known(ada: StoredCustomer) -> None:
    assert customer_line(ada) == ("crm-1 · Ada Sample · business 99% · social not found")


def test_json_has_the_stored_fields_and_each_enrichment_with_its_id_and_reasons(ada: StoredCustomer) -> None:
    said = json.loads(customers_json([ada], sandbox=False))
    assert (said["customer_id"], said["fields"]["email"], said["sandbox"]) == ("crm-1", "ada@example.com", False)
    business, social = said["enrichments"]
    assert (business["id"], business["reasons"]) == (7, ["domain agrees", "city disagrees"])
    assert (business["data"]["rating"], business["provenance"]["rating"]) == (4.6, "google_places")
    assert (business["cached_at"], business["fresh"]) == ("2026-11-03T07:30:00Z", True)
    assert (social["status"], social["source"], social["data"]) == ("not_found", None, None)


def test_of_several_json_is_a_list_of_matches(ada: StoredCustomer) -> None:
    assert len(json.loads(customers_json([ada, ada], sandbox=False))["matches"]) == 2
