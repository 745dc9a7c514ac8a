"""Which addresses a property can be found by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from enrich_cli.providers.errors import NotAccepted
from enrich_cli.providers.us_addresses import UsAddress, located, us_address

if TYPE_CHECKING:
    from tests.providers.conftest import Wire

STREET = {"address": "742 Sample St Apt 2"}
TOWN = {"city": "Springfield", "state": "IL"}
ZIP = {"postal_code": "62704"}


@pytest.mark.parametrize(
    ("fields", "city", "state", "zip_code"),
    [
        (TOWN | ZIP, "Springfield", "IL", "62704"),
        (TOWN, "Springfield", "IL", None),
        (ZIP, None, None, "62704"),
        ({"city": "Springfield"} | ZIP, "Springfield", None, "62704"),
        (TOWN | {"state": "illinois"}, "Springfield", "IL", None),
        (TOWN | {"postal_code": "62704-1234"}, "Springfield", "IL", "62704"),
        (TOWN | {"postal_code": "627041234"}, "Springfield", "IL", "62704"),
        (TOWN | {"postal_code": "2704"}, "Springfield", "IL", None),
        (ZIP | {"state": "Ill", "country": "US"}, None, None, "62704"),
        (ZIP | {"country": "USA"}, None, None, "62704"),
        (ZIP | {"country": "United States"}, None, None, "62704"),
    ],
)
def test_a_street_with_a_town_or_a_zip_is_enough(
    wire: Wire, fields: dict[str, str], city: str | None, state: str | None, zip_code: str | None
) -> None:
    address = us_address(wire.customer(STREET | fields))
    assert address == UsAddress(street="742 Sample St Apt 2", city=city, state=state, zip_code=zip_code)


def test_a_street_does_not_go_on_with_the_town(wire: Wire) -> None:
    line = {"address": "742 Sample St, Apt 2, Springfield, IL 62704, USA"}
    assert located(wire.customer(line | TOWN)).street == "742 Sample St, Apt 2"


def test_it_is_told_which_fields_it_is_made_of(wire: Wire) -> None:
    assert located(wire.customer(STREET | TOWN | {"postal_code": "x"})).fields() == {"address", "city", "state"}
    assert located(wire.customer(STREET | ZIP)).fields() == {"address", "postal_code"}


@pytest.mark.parametrize(
    "fields",
    [
        TOWN | ZIP,
        STREET,
        STREET | {"city": "Springfield"},
        STREET | {"state": "IL"},
        STREET | {"postal_code": "2704"},
        {"name": "Ada Sample"},
    ],
)
def test_less_than_that_is_none(wire: Wire, fields: dict[str, str]) -> None:
    assert us_address(wire.customer(fields)) is None


@pytest.mark.parametrize(
    "abroad",
    [
        {"country": "Germany"},
        {"country": "CA"},
        {"country": "Atlantis"},
        {"state": "Ontario"},
        {"state": "ON", "country": "Canada"},
        {"state": "Bayern", "postal_code": "80331"},
    ],
)
def test_nobody_abroad_has_one(wire: Wire, abroad: dict[str, str]) -> None:
    assert us_address(wire.customer(STREET | TOWN | ZIP | abroad)) is None


@pytest.mark.parametrize(
    "box",
    [
        "PO Box 12",
        "P.O. Box 12",
        "p. o. box #12",
        "P O BOX A",
        "POBox12",
        "POB 12",
        "Post Office Box 12",
        "PO Drawer 12",
        "Box 12",
        "# PO Box 12, 742 Sample St",
    ],
)
def test_a_po_box_is_no_property(wire: Wire, box: str) -> None:
    assert us_address(wire.customer({"address": box} | TOWN | ZIP)) is None


@pytest.mark.parametrize(
    "street", ["12 Box Elder Rd", "Boxwood Ln 3", "1 Post Office Sq", "7 Pobox Way", "4 Drawer Ct"]
)
def test_a_street_that_is_called_alike_is_one(wire: Wire, street: str) -> None:
    assert located(wire.customer({"address": street} | TOWN)).street == street


def test_to_ask_without_an_address_is_refused_without_a_word_of_it(wire: Wire) -> None:
    with pytest.raises(NotAccepted, match=r"^not the address of a property in the US$"):
        located(wire.customer({"address": "PO Box 12"} | TOWN))
