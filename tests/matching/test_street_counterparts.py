"""When the same number stands in two streets of one name."""

from __future__ import annotations

import pytest

from enrich_cli.domain.customer import Customer, CustomerId
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.outcomes import Identity, Place
from enrich_cli.matching.judge import judge
from enrich_cli.matching.streets import compare_streets
from enrich_cli.matching.weights import Evidence


def compare(ours: str, theirs: str) -> Evidence | None:
    return compare_streets(Customer(id=CustomerId("c1"), address=ours), Identity(places=(Place(address=theirs),)))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("12 NE Sample St", "12 NW Sample St"),
        ("12 Sample Rd W", "12 E Sample Rd"),
        ("12 5th Ave", "12 Fifth Street"),
        ("12 rue Victor Exemple", "12 place Victor Exemple"),
        ("12 avenue Victor Exemple", "12 rue Victor Exemple"),
        ("Calle Muestra 3", "Plaza Muestra 3"),
        ("12 boul. Exemple Est", "12 boul. Exemple O"),
        ("Avenida Muestra Norte 3", "Av. Muestra Sur 3"),
    ],
)
def test_north_and_south_are_two_streets_and_so_are_a_street_and_an_avenue_of_one_number(
    ours: str, theirs: str
) -> None:
    assert compare(ours, theirs) is Evidence.STREET_COUNTERPART


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("12 E Sample Rd", "12 E Sample Rd NE"),
        ("12 Sample Ave", "12 Sample Blvd"),
        ("Avenida Muestra 3", "Bulevar Muestra 3"),
        ("12 N Sample St", "12 E Sample St"),
    ],
)
def test_any_other_direction_or_type_may_as_well_be_wrong(ours: str, theirs: str) -> None:
    assert compare(ours, theirs) is Evidence.STREET_TYPE_OTHER


def test_a_branch_in_the_north_of_the_street_is_not_the_one_in_the_south() -> None:
    town = {"city": "Springfield", "state": "IL", "postal_code": "62704"}
    ours = Customer(id=CustomerId("c1"), company="Example Bakery", address="12 N Sample St", **town)
    theirs = Identity(companies=("Example Bakery",), places=(Place(address="12 S Sample St", **town),))
    assert judge(DataType.BUSINESS, ours, theirs).confidence < 0.5
    with_its_phone = Identity(companies=theirs.companies, places=theirs.places, phones=("217-555-0123",))
    assert judge(DataType.BUSINESS, ours._replace(phone="(217) 555-0123"), with_its_phone).confidence > 0.5


def test_only_the_owner_can_tell_that_a_parcel_s_street_was_mistaken() -> None:
    town = {"city": "Springfield", "state": "IL", "postal_code": "62704"}
    ours = Customer(id=CustomerId("c1"), first_name="Ada", last_name="Sample", address="12 N Sample St", **town)
    theirs = Identity(names=("Ada Sample",), places=(Place(address="12 S Sample St", **town),))
    assert judge(DataType.PROPERTY, ours, theirs).confidence > 0.5
    assert judge(DataType.PROPERTY, ours._replace(first_name="Bob", last_name="Roe"), theirs).confidence < 0.1


def test_two_people_of_a_common_name_hardly_live_at_one_number_of_two_counterparts() -> None:
    town = {"city": "Springfield", "state": "IL", "postal_code": "62704"}
    ours = Customer(id=CustomerId("c1"), first_name="John", last_name="Smith", address="12 N Sample St", **town)
    place = Place(address="12 S Sample St", **town)
    theirs = Identity(asked_by=frozenset({"name", "city"}), names=("John Smith",), places=(place,))
    assert judge(DataType.PERSON, ours, theirs).confidence > 0.5
