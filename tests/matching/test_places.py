"""When a place agrees."""

from __future__ import annotations

import pytest

from enrich_cli.domain.customer import Customer, CustomerId
from enrich_cli.domain.outcomes import Identity, Place
from enrich_cli.matching.places import compare_places
from enrich_cli.matching.weights import Evidence

ADA = Customer(id=CustomerId("c1"), city="Springfield", state="IL", postal_code="62701", country="US")


def compare(*places: Place) -> Evidence | None:
    return compare_places(ADA, Identity(places=places))


@pytest.mark.parametrize(
    ("place", "evidence"),
    [
        (Place(city="Elsewhere", postal_code="62701-1234"), Evidence.POSTAL_CODE_SAME),
        (Place(city="SPRINGFIELD", postal_code="62701"), Evidence.CITY_AND_POSTAL_CODE_SAME),
        (Place(city="Springfield", postal_code="62710"), Evidence.POSTAL_CODE_ALIKE),
        (Place(city="Springfield", postal_code="62711"), Evidence.CITY_SAME),
        (Place(city="SPRINGFIELD", state="Illinois"), Evidence.CITY_SAME),
        (Place(city="SPRINGFIELD", state="Illinois", postal_code="62799"), Evidence.POSTAL_CODE_OTHER),
        (Place(state="illinois", country="U.S.A."), Evidence.STATE_SAME),
        (Place(country="United States"), Evidence.COUNTRY_SAME),
    ],
)
def test_the_nearest_agreement_counts(place: Place, evidence: Evidence) -> None:
    assert compare(place) is evidence


@pytest.mark.parametrize(
    ("place", "evidence"),
    [
        (Place(city="Springfield", country="Canada"), Evidence.COUNTRY_OTHER),
        (Place(city="Springfield", state="Massachusetts", country="US"), Evidence.STATE_OTHER),
        (Place(state="Western Australia"), Evidence.STATE_OTHER),
        (Place(city="Bangor", state="Maine", postal_code="62701"), Evidence.STATE_OTHER),
        (Place(city="Chicago", state="Illinois"), Evidence.CITY_OTHER_NEAR),
        (Place(city="Chicago"), Evidence.CITY_OTHER),
        (Place(postal_code="90036"), Evidence.POSTAL_AREA_OTHER),
        (Place(postal_code="90036", country="US"), Evidence.POSTAL_AREA_OTHER),
    ],
)
def test_the_farthest_disagreement_counts_first(place: Place, evidence: Evidence) -> None:
    assert compare(place) is evidence


@pytest.mark.parametrize(
    "place",
    [
        Place(),
        Place(state="Bavaria"),
        Place(postal_code="62601"),
        Place(postal_code="26701"),
        Place(postal_code="82701"),
        Place(city="東京"),
    ],
    ids=["nothing", "unknown state", "same region", "swapped digits", "one other digit", "other script"],
)
def test_what_can_not_be_compared_says_nothing(place: Place) -> None:
    assert compare(place) is None


def test_one_of_several_places_is_enough() -> None:
    assert compare(Place(city="Chicago"), Place(city="Springfield")) is Evidence.CITY_SAME


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("St. Louis", "Saint Louis"),
        ("New York", "New York City"),
        ("Köln", "Koln"),
        ("East Sample", "Eastssample"),
        ("Sample", "Sample Township"),
        ("Exemple", "Exemple 5e"),
        ("Muster", "Muster (Saale)"),
        ("Muster", "Muster am Main"),
        ("Muster a.M.", "Muster"),
        ("Sample", "Riverside, Sample"),
        ("Sample", "Sample-upon-Avon"),
        ("Muster/Main", "Muster a.M."),
        ("Muster (Westf.)", "Muster in Westfalen"),
        ("Exemple 2e Arrondissement", "Exemple"),
        ("Leamington Spa", "Royal Leamington Spa"),
    ],
)
def test_a_city_can_be_written_in_several_ways(ours: str, theirs: str) -> None:
    customer = Customer(id=CustomerId("c1"), city=ours)
    assert compare_places(customer, Identity(places=(Place(city=theirs),))) is Evidence.CITY_SAME


@pytest.mark.parametrize("theirs", ["Sample Township", "Sample Twp"])
def test_a_city_is_not_the_township_of_its_name(theirs: str) -> None:
    customer = Customer(id=CustomerId("c1"), city="Sample City")
    assert compare_places(customer, Identity(places=(Place(city=theirs),))) is Evidence.CITY_OTHER


def test_a_city_may_call_itself_a_township() -> None:
    customer = Customer(id=CustomerId("c1"), city="City of Sample Township")
    assert compare_places(customer, Identity(places=(Place(city="Sample Twp"),))) is Evidence.CITY_SAME


@pytest.mark.parametrize(("ours", "theirs"), [("München", "Munich"), ("NYC", "New York"), ("Wien", "Vienna")])
def test_a_city_has_a_name_in_english_and_one_of_its_own(ours: str, theirs: str) -> None:
    customer = Customer(id=CustomerId("c1"), city=ours)
    assert compare_places(customer, Identity(places=(Place(city=theirs),))) is Evidence.CITY_SAME


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("East Sample", "West Sample"),
        ("E. Sample", "Sample"),
        ("North Haven", "New Haven"),
        ("Eastport", "Westport"),
        ("Frankfurt am Main", "Frankfurt (Oder)"),
        ("Newcastle upon Tyne", "Newcastle-under-Lyme"),
        ("Halle (Saale)", "Halle (Westf.)"),
    ],
)
def test_a_town_named_by_where_it_lies_is_not_the_one_beside_it(ours: str, theirs: str) -> None:
    for one, other in ((ours, theirs), (theirs, ours)):
        customer = Customer(id=CustomerId("c1"), city=one)
        assert compare_places(customer, Identity(places=(Place(city=other),))) is Evidence.CITY_OTHER


@pytest.mark.parametrize(
    ("state", "code", "evidence"),
    [
        (None, "13076", Evidence.CITY_OTHER),
        ("NY", "13076", Evidence.CITY_OTHER_NEAR),
        ("NY", "10709", Evidence.CITY_SAME),
        ("NY", None, Evidence.CITY_SAME),
    ],
)
def test_only_a_postal_code_can_tell_a_town_from_one_that_says_where_it_lies(
    state: str | None, code: str | None, evidence: Evidence
) -> None:
    customer = Customer(id=CustomerId("c1"), city="Hastings", state=state, postal_code=code)
    place = Place(city="Hastings-on-Hudson", state=state, postal_code="10706")
    assert compare_places(customer, Identity(places=(place,))) is evidence
    longer = customer._replace(city="Hastings-on-Hudson", postal_code="10706")
    shorter = Place(city="Hastings", state=state, postal_code=code)
    assert compare_places(longer, Identity(places=(shorter,))) is evidence


def test_a_town_that_also_tells_its_state_is_not_another_in_another_part_of_a_big_city() -> None:
    customer = Customer(id=CustomerId("c1"), city="Springfield, IL", postal_code="62701")
    assert compare_places(customer, Identity(places=(Place(city="Springfield", postal_code="60190"),))) is (
        Evidence.POSTAL_CODE_OTHER
    )


def test_a_postal_code_of_another_region_disagrees_only_where_no_town_or_state_is_known() -> None:
    far = "90036"
    assert compare(Place(city="Springfield", postal_code=far)) is Evidence.POSTAL_CODE_OTHER
    assert compare(Place(state="Illinois", postal_code=far)) is Evidence.STATE_SAME


def test_postal_codes_are_compared_without_blanks_and_case() -> None:
    customer = Customer(id=CustomerId("c1"), postal_code="sw1a 1aa")
    assert compare_places(customer, Identity(places=(Place(postal_code="SW1A1AA"),))) is Evidence.POSTAL_CODE_SAME
