"""When a street line agrees where streets are written otherwise than in English."""

from __future__ import annotations

import pytest

from enrich_cli.domain.customer import Customer, CustomerId
from enrich_cli.domain.outcomes import Identity, Place
from enrich_cli.matching.streets import compare_streets
from enrich_cli.matching.weights import Evidence


def compare(ours: str, theirs: str) -> Evidence | None:
    return compare_streets(Customer(id=CustomerId("c1"), address=ours), Identity(places=(Place(address=theirs),)))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("12 rue de la Paix", "12 R DE LA PAIX"),
        ("12 bis av. Jean Jaurès", "12B Avenue Jean-Jaurès"),
        ("8 Place de la Concorde", "8 pl. Concorde"),
        ("Calle Mayor 14", "C/ Mayor, 14"),
        ("Gran Vía 12", "Calle Gran Vía, 12"),
        ("Av. Reforma 222", "Avenida Paseo de la Reforma 222"),
        ("Rua das Flores 30", "R. das Flores 30"),
        ("Piazza Dante 3", "P.zza Dante 3"),
        ("Via Roma 5", "Roma 5"),
        ("Pol. Ind. Muestra, Nave 4, 12", "Polígono Industrial Muestra 12, nave 4"),
        ("Office 210, Sheikh Sample Road 12", "Sheikh Sample Rd 12, Office 210"),
        ("123 rue Saint-Denis", "123 Rue St-Denis"),
        ("123 rue Saint-Denis", "123 St-Denis Street"),
        ("123 rue Exemple Ouest", "123 Exemple St W"),
        ("123 rue Exemple Est", "123 rue Exemple E"),
        ("Flat 2/1, 10 High St", "10 High Street Flat 2/1"),
        ("Hauptstr. 5, 2. Stock", "Hauptstraße 5, 2. Etage"),
        ("ul. Polna 8", "Polna 8"),
        ("nám. Svobody 8", "náměstí Svobody 8"),
        ("Dorpsstraat 9", "Dorpsstr 9"),
        ("Marktplatz 3", "Marktpl. 3"),
        ("Storgata 5", "Storgt. 5"),
        ("Musterstraße 3a", "Musterstr. 3 a"),
        ("Musterstr. 3-5", "Musterstraße 3"),
        ("1 Via Verde", "1 Via Verde Dr"),
    ],
)
def test_one_house_can_be_written_in_several_ways(ours: str, theirs: str) -> None:
    assert compare(ours, theirs) is Evidence.STREET_SAME
    assert compare(theirs, ours) is Evidence.STREET_SAME


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Via Roma 5", "Via Verdi 5"),
        ("12 rue Pasteur", "12 rue Poincaré"),
        ("Avenida Juárez 10", "Avenida Reforma 10"),
        ("ul. Polna 8", "ul. Długa 8"),
    ],
)
def test_streets_of_one_type_are_not_alike_for_that(ours: str, theirs: str) -> None:
    assert compare(ours, theirs) is Evidence.STREET_OTHER


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Karl-Muster-Allee 12", "Karl-Muster-Straße 12"),
        ("Muster Weg 4", "Muster Gasse 4"),
    ],
)
def test_an_avenue_is_no_street(ours: str, theirs: str) -> None:
    assert compare(ours, theirs) is Evidence.STREET_TYPE_OTHER


def test_the_end_of_a_range_is_no_house_of_its_own() -> None:
    assert compare("Musterstr. 3-5", "Musterstr. 4") is Evidence.STREET_SAME
    assert compare("Musterstr. 3-5", "Musterstr. 7") is Evidence.NUMBER_OTHER


@pytest.mark.parametrize("theirs", ["Samplegade 5, 2. tv", "Samplegade 5, 6ª planta", "Samplegade 5, 2º B"])
def test_the_floor_of_a_flat_is_not_the_number_of_the_house(theirs: str) -> None:
    assert compare("Samplegade 5", theirs) is Evidence.UNIT_MISSING
    assert compare("Samplegade 2", theirs) is Evidence.NUMBER_OTHER


@pytest.mark.parametrize(
    ("ours", "theirs"), [("100 C St SE", "100 C Street SE"), ("100 R St", "100 R Street"), ("12 Avenue C", "12 Ave C")]
)
def test_a_letter_may_also_be_a_street_s_name(ours: str, theirs: str) -> None:
    assert compare(ours, theirs) is Evidence.STREET_SAME


def test_a_letter_after_the_number_may_be_the_unit() -> None:
    assert compare("123-A Oak St", "123 Oak Street, Unit A") is Evidence.UNIT_MISSING
    assert compare("123-B Oak St", "123 Oak Street, Unit A") is Evidence.NUMBER_ALIKE
