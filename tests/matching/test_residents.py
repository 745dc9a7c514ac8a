"""Is it the customer, or somebody else of the house or of the family?"""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from enrich_cli.domain.customer import Customer, CustomerId
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.outcomes import Identity, Place
from enrich_cli.matching.judge import judge
from enrich_cli.matching.residents import compare_residents
from enrich_cli.matching.weights import Evidence

ADA = Customer(
    id=CustomerId("c1"),
    name="Ada Sample",
    address="12 Main St Apt 3",
    city="Springfield",
    state="IL",
    postal_code="62701",
)
HOME = Place(address="12 Main Street #3", city="Springfield", state="Illinois", postal_code="62701")
NEXT_DOOR = Place(address="14 Main Street", city="Springfield", state="Illinois", postal_code="62701")
OTHER_FLAT = Place(address="12 Main Street #4", city="Springfield", state="Illinois", postal_code="62701")
OTHER_TOWN = Place(address="12 Main Street #3", city="Bangor", state="Maine", postal_code="04401")


def compare(name: str, *places: Place) -> Evidence | None:
    return compare_residents(ADA, Identity(names=(name,), places=places))


def confidence(name: str, *places: Place) -> float:
    return judge(DataType.PERSON, ADA, Identity(names=(name,), places=places)).confidence


def test_at_one_house_another_surname_is_a_changed_one() -> None:
    assert compare("Ada Jones", HOME) is Evidence.NAME_CHANGED
    assert confidence("Ada Jones", HOME) > 0.5


def test_a_changed_surname_that_is_a_first_name_as_well_tells_no_surname_first() -> None:
    kane = ADA._replace(name="Kane Sample")
    identity = Identity(names=("Kane Vincent",), places=(HOME,))
    assert compare_residents(kane, identity) is Evidence.NAME_CHANGED
    swapped = ADA._replace(name="Sample Vincent")
    identity = Identity(names=("Sample Robert",), places=(HOME,))
    assert compare_residents(swapped, identity) is Evidence.NAME_HOUSEMATE


@pytest.mark.parametrize("mailbox", ["ada.jones", "jonesada77", "a.jones", "Jones_A"])
def test_an_e_mail_that_bears_the_other_surname_tells_that_it_has_changed(mailbox: str) -> None:
    email = f"{mailbox}@example.com"
    ours = ADA._replace(email=email)
    assert compare_residents(ours, Identity(names=("Ada Jones",))) is Evidence.NAME_OF_MAILBOX
    married = ADA._replace(name="Ada Jones")
    assert compare_residents(married, Identity(names=("Ada Sample",), emails=(email,))) is Evidence.NAME_OF_MAILBOX


@pytest.mark.parametrize("mailbox", ["ada.sample", "jones", "bob.jones", "ada"])
def test_any_other_e_mail_tells_nothing_of_a_changed_surname(mailbox: str) -> None:
    email = f"{mailbox}@example.com"
    told_back = Identity(names=("Ada Jones",), emails=(email.upper(),))
    assert compare_residents(ADA._replace(email=email), told_back) is Evidence.NAME_SURNAME_OTHER


def test_a_mailbox_bears_a_short_surname_by_chance() -> None:
    ours = ADA._replace(email="ali@example.com")
    assert compare_residents(ours, Identity(names=("Ada Li",))) is Evidence.NAME_SURNAME_OTHER


def test_the_customer_s_own_mailbox_is_no_news_however_it_is_written() -> None:
    told_back = Identity(names=("Ada Jones",), emails=("adasample@googlemail.com",))
    ours = ADA._replace(email="Ada.Sample+shop@gmail.com")
    assert compare_residents(ours, told_back) is Evidence.NAME_SURNAME_OTHER
    assert (
        compare_residents(ours._replace(name="Ada Jones"), Identity(names=("Ada Sample",))) is Evidence.NAME_OF_MAILBOX
    )


@pytest.mark.parametrize("place", [NEXT_DOOR, OTHER_FLAT, OTHER_TOWN, Place(city="Springfield")])
def test_elsewhere_another_surname_is_another_person(place: Place) -> None:
    assert compare("Ada Jones", place) is Evidence.NAME_SURNAME_OTHER
    assert confidence("Ada Jones", place) < 0.5


def test_a_changed_surname_in_another_street_is_another_person_s_whatever_led_to_it() -> None:
    assert compare("Ada Jones", ACROSS_TOWN) is Evidence.NAME_SURNAME_AND_STREET_OTHER
    asked_by = frozenset({"email"})
    told = Identity(asked_by=asked_by, names=("Ada Jones",), places=(ACROSS_TOWN,))
    assert judge(DataType.PERSON, ADA, told).confidence < 0.5
    employed = replace(told, companies=("Example Pumps",))
    assert judge(DataType.PERSON, ADA._replace(company="Example Pumps"), employed).confidence > 0.5


def test_another_surname_alone_is_nobody_s_changed_one() -> None:
    fields = {**ADA.values(), "last_name": "Sample"}
    del fields["name"]
    customer = Customer(id=ADA.id, **fields)
    assert compare_residents(customer, Identity(names=("Jones",), places=(HOME,))) is Evidence.NAME_SURNAME_OTHER


@pytest.mark.parametrize("name", ["Bob Sample", "Bob Jones"])
def test_at_one_house_another_first_name_is_another_person_of_the_house(name: str) -> None:
    assert compare(name, HOME) is Evidence.NAME_HOUSEMATE
    assert confidence(name, HOME) < 0.05


def test_that_the_house_agrees_makes_nobody_of_another_first_name_likelier() -> None:
    assert confidence("Bob Sample", HOME) <= confidence("Bob Sample", OTHER_FLAT)


@pytest.mark.parametrize("name", ["Ada Sample", "Ada Sampel", "Sample Ada", "A. Sample", "Sample"])
def test_a_name_that_agrees_is_what_it_is_elsewhere(name: str) -> None:
    assert compare(name, HOME) is compare(name, NEXT_DOOR)
    assert confidence(name, HOME) > 0.5


BANGOR = Place(address="9 Pine Road", city="Bangor", state="Maine", postal_code="04401")
ACROSS_TOWN = Place(address="80 Oak Avenue", city="Springfield", state="Illinois", postal_code="62701")


def test_in_another_place_a_part_of_the_name_tells_nobody() -> None:
    assert compare("Ada", OTHER_TOWN) is Evidence.NAME_PART_ELSEWHERE
    assert compare("Ada", HOME) is compare("Ada", ACROSS_TOWN) is compare("Ada") is Evidence.NAME_PART
    assert compare("Sample", HOME) is compare("Sample", NEXT_DOOR) is compare("Sample") is Evidence.NAME_SURNAME_ALONE


@pytest.mark.parametrize("key", ["email", "phone"])
@pytest.mark.parametrize(
    "place", [BANGOR, ACROSS_TOWN, Place(city="Bangor", state="Maine"), Place(city="Chicago", state="IL")]
)
def test_in_another_place_a_surname_alone_is_a_relative_s(key: str, place: Place) -> None:
    asked_by = frozenset({key})
    alone = Identity(asked_by=asked_by, names=("Sample",), places=(place,))
    assert judge(DataType.PERSON, ADA, alone).confidence < 0.5
    assert judge(DataType.PERSON, ADA, replace(alone, names=("Ada Sample",))).confidence > 0.8
    assert judge(DataType.PERSON, ADA, replace(alone, places=(HOME,))).confidence > 0.8
    fields = {field: value for field, value in ADA.values().items() if field != "name"}
    surname_alone = Customer(id=ADA.id, last_name="Sample", **fields)
    assert judge(DataType.PERSON, surname_alone, replace(alone, names=("Bob Sample",))).confidence < 0.5
