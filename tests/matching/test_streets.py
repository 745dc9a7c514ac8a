"""When a street line agrees."""

from __future__ import annotations

import pytest

from enrich_cli.domain.customer import Customer, CustomerId
from enrich_cli.domain.outcomes import Identity, Place
from enrich_cli.matching.streets import compare_streets, same_house
from enrich_cli.matching.weights import Evidence


def compare(ours: str, *theirs: str) -> Evidence | None:
    places = tuple(Place(address=line) for line in theirs)
    return compare_streets(Customer(id=CustomerId("c1"), address=ours), Identity(places=places))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("435 S. La Muestra Blv.", "435 S La Muestra Blvd"),
        ("435 S. La Muestra Blvd.", "435 LAMUESTRA BOULEVARD"),
        ("12 Fifth Avenue", "12 5th Ave."),
        ("12 Mt. Example Rd", "12 Mount Example Road"),
        ("12 Saint James St", "12 St. James Street"),
        ("742 Sample St Apt 2", "742 SAMPLE STREET #2"),
        ("742 Evergreen Terrace", "742 Evergren Ter"),
        ("14 Example Street", "12-16 Example Street"),
        ("12 Pine Hill Parkway", "12 Pine Hill"),
        ("804 Northpoint", "804 North Point St."),
        ("33 Ware Place, Example Farm", "33 Example Farm, Ware Place"),
        ("33 Ware Place, Example Farm", "33 Exampel Farm Ware Place"),
        ("33 Ware Place, Example Farm", "Example Farm, 33 Ware Place"),
        ("33 Ware Place, Example Farm", "33 Example Farm"),
        ("33 Ware Place, Example Farm", "33 Wareplace, Exampel Farm"),
        ("33 Ware Place Example Farm", "33 Ware Place, Example Farm"),
        ("33 Ware Place Example Gardens", "33 Ware Place"),
        ("12 Sample Crescent", "12 Samplecrescent"),
        ("12 Sample Crescent", "12 Samplekcresecnt"),
        ("12 Sample Place", "12 Sample Plce"),
        ("12 Sample Street", "12 Smaple Street"),
        ("12 Sample Circuit", "12 Sample Cct"),
        ("12 Villa Drive", "12 Villa Dr"),
        ("Example Mall, 12 Sample St Ste 3-4", "12 Sample St Ste 3-4"),
        ("12 Highway 101", "12 Hwy 101"),
        ("12 County Road 5", "12 CR 5"),
        ("12 State Route 48", "12 ST RT 48"),
        ("12 US-101", "12 US Highway 101"),
        ("12 U.S. 9", "12 US Hwy 9"),
        ("12 U.S. Sample St", "12 US Sample Street"),
        ("12 NY State Route 9", "12 NY-9"),
        ("12 Tech Pl", "12 Technology Place"),
        ("12 U N Main St", "12U North Main St"),
        ("12 US-9", "12 Route 9"),
        ("12 NY-9", "12 State Rte 9"),
        ("12 NY Route 9", "12 Highway 9"),
        ("12 Farm to Market Road 1960", "12 FM 1960 RD"),
        ("12 Avenue B", "12 AVE B"),
        ("PO Box 12", "P.O. Box 12"),
        ("12 State Route 9", "12 NY-9"),
        ("12 Hwy 52 Byp", "12 Highway 52 Bypass"),
        ("12 Sample Pkwy Plz", "12 Sample Parkway Plaza"),
        ("Unit 3, Sample Ind Est", "3 Sample Industrial Estate"),
        ("Musterner Str 5", "Müsterner Straße 5"),
        ("3 ZA des Exemples", "3 Zone Artisanale des Exemples"),
    ],
)
def test_one_house_can_be_written_in_several_ways(ours: str, theirs: str) -> None:
    assert compare(ours, theirs) is Evidence.STREET_SAME
    assert compare(theirs, ours) is Evidence.STREET_SAME


@pytest.mark.parametrize(
    ("theirs", "evidence"),
    [
        ("742 Sample St", Evidence.UNIT_MISSING),
        ("742 Sample St Apt 3", Evidence.UNIT_OTHER),
        ("742 Simple Ave Apt 2", Evidence.STREET_OTHER),
        ("742 Sample Ave Apt 2", Evidence.STREET_TYPE_OTHER),
        ("742 NE Sample St Apt 2", Evidence.STREET_TYPE_OTHER),
        ("742 S Sample St Apt 2", Evidence.STREET_COUNTERPART),
        ("Sample St", Evidence.STREET_ALONE),
        ("744 Sample St Apt 2", Evidence.NUMBER_OTHER),
        ("724 Sample St Apt 2", Evidence.NUMBER_ALIKE),
        ("74 Sample St Apt 2", Evidence.NUMBER_ALIKE),
        ("742 Globex St Apt 2", Evidence.STREET_OTHER),
    ],
)
def test_what_does_not_fit_says_in_what(theirs: str, evidence: Evidence) -> None:
    assert compare("742 N Sample St Apt 2", theirs) is evidence


@pytest.mark.parametrize(
    ("theirs", "evidence"),
    [
        ("15 Ware Place", Evidence.NUMBER_OTHER),
        ("Ware Place", Evidence.STREET_ALONE),
        ("33 Ware Street", Evidence.STREET_OTHER),
    ],
)
def test_an_estate_that_one_side_leaves_out_makes_no_other_street(theirs: str, evidence: Evidence) -> None:
    assert compare("4 Ware Place, Example Farm", theirs) is evidence
    assert compare(theirs, "4 Ware Place, Example Farm") is evidence


@pytest.mark.parametrize("theirs", ["742", "12", "742b"])
def test_a_number_without_a_street_says_nothing(theirs: str) -> None:
    assert compare("742 N Sample St Apt 2", theirs) is None
    assert compare(theirs, "742 N Sample St Apt 2") is None


def test_one_of_two_lines_is_enough_to_agree_in_part_at_the_same_number() -> None:
    assert compare("8 Ferndale Place, Sample Lodge", "8 Ferndale Place, Globex") is Evidence.STREET_PARTLY
    assert compare("8 Ferndale Place, Sample Lodge", "8 Globex Street, Sample Lodge") is Evidence.STREET_PARTLY
    assert compare("8 Ferndale Place, Sample Lodge", "9 Globex Street, Sample Lodge") is Evidence.STREET_OTHER


@pytest.mark.parametrize(
    ("theirs", "evidence"),
    [
        ("9 Ferndale Place, Globex", Evidence.NUMBER_OTHER),
        ("9 Sample Lodge, Ferndale Place", Evidence.NUMBER_OTHER_ESTATE_SAME),
        ("9 Ferndaleplace", Evidence.NUMBER_OTHER),
        ("9 Ferndale Place, Smaple Lodge", Evidence.NUMBER_OTHER_ESTATE_SAME),
        ("Sample Lodge", Evidence.STREET_ALONE),
        ("9 Ferndale Road", Evidence.STREET_OTHER),
        ("9 Lodge Sample Road", Evidence.STREET_OTHER),
    ],
)
def test_a_street_is_known_by_its_name_whatever_stands_beside_it(theirs: str, evidence: Evidence) -> None:
    assert compare("8 Ferndale Place, Sample Lodge", theirs) is evidence
    assert compare(theirs, "8 Ferndale Place, Sample Lodge") is evidence


def test_streets_of_one_type_are_not_alike_for_that() -> None:
    assert compare("12 Sample Avenue", "12 Example Avenue") is Evidence.STREET_OTHER
    assert compare("12 N Sample Boulevard", "12 N Staple Boulevard") is Evidence.STREET_OTHER


def test_a_slip_in_a_short_street_is_one_where_the_house_number_agrees() -> None:
    assert compare("12 Bowen Circle", "12 Boewn Circle") is Evidence.STREET_SAME
    assert compare("12 Bowen Circle", "12 Bosen Circle") is Evidence.STREET_ALIKE
    assert compare("12 Bowen Circle", "14 Bosen Circle") is Evidence.STREET_OTHER
    assert compare("12 Mill Road", "12 Hill Road") is Evidence.STREET_OTHER


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("12 Main St", "12 Maine St"),
        ("12 Meadow Ln", "12 Meadows Ln"),
        ("12 Harris Rd", "12 Harrison Rd"),
        ("12 Burton Rd", "12 Barton Rd"),
        ("12 Harrison St", "12 Garrison St"),
    ],
)
def test_another_letter_or_one_more_at_an_end_may_make_another_street(ours: str, theirs: str) -> None:
    assert compare(ours, theirs) is Evidence.STREET_ALIKE
    assert compare(theirs, ours) is Evidence.STREET_ALIKE


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("12 MLK Jr Blvd", "12 Martin Luther King Jr Boulevard"),
        ("12 MLK Blvd", "12 N Dr Martin Luther King Junior Blvd"),
        ("12 M.L.K. Jr. Blvd", "12 Martin Luther King Jr Boulevard"),
        ("12 MG Road", "12 Mahatma Gandhi Rd"),
        ("12 via G. Esempio", "12 via Giuseppe Esempio"),
    ],
)
def test_a_street_may_be_called_by_its_initials_where_no_number_disagrees(ours: str, theirs: str) -> None:
    assert compare(ours, theirs) is Evidence.STREET_ALIKE
    assert compare(theirs, ours) is Evidence.STREET_ALIKE
    assert compare(ours.removeprefix("12 "), theirs.removeprefix("12 ")) is Evidence.STREET_ALONE
    assert compare(ours, theirs.replace("12", "14")) is Evidence.STREET_OTHER


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("12 Lake St", "12 Lakeside St"),
        ("12 Oak Ave", "12 Oakland Ave"),
        ("12 West St", "12 Western Ave"),
        ("12 Forest Ave", "12 Forest Hill Ave"),
        ("12 Deer Run", "12 Deer Creek"),
        ("12 Eastview Dr", "12 Westview Dr"),
        ("12 Highway 101", "12 Highway 110"),
        ("12 Old Highway 101", "12 Old Highway 110"),
        ("12 County Road 5", "12 County Road 55"),
        ("12 FM 1960", "12 FM 1961"),
        ("12 Avenue A", "12 Avenue B"),
        ("Calle Mayor 5", "Calle Menor 5"),
    ],
)
def test_a_street_whose_name_another_s_merely_begins_with_is_another(ours: str, theirs: str) -> None:
    assert compare(ours, theirs) in {Evidence.STREET_OTHER, Evidence.STREET_PARTLY}
    assert compare(theirs, ours) in {Evidence.STREET_OTHER, Evidence.STREET_PARTLY}


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("12 County Road 5", "12 State Road 5"),
        ("12 US-9", "12 NY-9"),
        ("12 US Highway 9", "12 State Route 9"),
        ("12 U.S. 9", "12 NY Route 9"),
    ],
)
def test_a_road_s_number_is_not_enough_where_two_governments_have_it(ours: str, theirs: str) -> None:
    assert compare(ours, theirs) is Evidence.STREET_TYPE_OTHER
    assert compare(theirs, ours) is Evidence.STREET_TYPE_OTHER
    assert compare(ours, theirs.replace("12", "14")) is Evidence.STREET_OTHER


def test_a_grid_has_two_directions() -> None:
    assert compare("1234 E 3900 S", "1234 W 3900 S") is Evidence.STREET_COUNTERPART
    assert compare("1234 E 3900 S", "1234 East 3900 South") is Evidence.STREET_SAME


def test_numbered_streets_differ_by_their_number_however_alike_they_look() -> None:
    assert compare("160 8th Street", "160 18th Street") is Evidence.STREET_OTHER


def test_the_place_that_fits_best_counts() -> None:
    assert compare("12 Main St", "9 Oak Ave", "12 Main Street") is Evidence.STREET_SAME


@pytest.mark.parametrize("theirs", ["PO Box 12", "", "見本通り 12"])
def test_what_can_not_be_compared_says_nothing(theirs: str) -> None:
    assert compare("12 Main St", theirs) is None


def test_a_unit_makes_no_other_house() -> None:
    assert same_house("12 Main St #3", "12 Main Street, Apt 4")
    assert not same_house("12 Main St", "14 Main St")
    assert not same_house(None, "14 Main St")


def test_a_unit_is_the_number_only_where_no_house_has_another() -> None:
    assert compare("Flat 3, Sample House", "3 Sample House") is Evidence.STREET_SAME
    assert compare("Flat 3, Sample Street", "3 Sample Street") is Evidence.STREET_ALONE


def test_number_and_unit_can_be_mixed_up() -> None:
    assert compare("12 Sample St Apt 3", "3 Sample St Apt 12") is Evidence.NUMBER_ALIKE
    assert compare("12 Sample St Apt 3", "3 Sample St") is Evidence.NUMBER_OTHER
