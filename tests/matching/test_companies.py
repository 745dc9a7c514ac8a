"""When a company agrees."""

from __future__ import annotations

import pytest

from enrich_cli.domain.customer import Customer, CustomerId
from enrich_cli.domain.outcomes import Identity
from enrich_cli.matching.companies import compare_companies
from enrich_cli.matching.weights import Evidence


def compare(ours: str, *theirs: str) -> Evidence | None:
    return compare_companies(Customer(id=CustomerId("c1"), company=ours), Identity(companies=theirs))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Example Pumps", "EXAMPLE PUMPS, INC."),
        ("Example Pumps GmbH & Co. KG", "Example Pumps"),
        ("Sample & Sons", "Sample and Sons Ltd."),
        ("Muestra S.A.", "Muestra SA"),
        ("The Example Company", "Example"),
        ("Blue Heron", "Blueheron LLC"),
        ("Booking.com B.V.", "Booking"),
        ("Pumps Example", "Example Pumps"),
        ("Example Pumps", "Exampel Pumps"),
        ("Limited", "Limited"),
        ("Sample Mfg. Co.", "Sample Manufacturing"),
        ("S&E Pumps", "S & E Pumps"),
        ("S and E Pumps", "S.E. Pumps"),
        ("Example Pumps", "Example Pumps A/S"),
        ("Example Pumps S A", "EXAMPLE PUMPS, S.A."),
        ("Pompes Exemple", "SARL POMPES EXEMPLE"),
        ("Muestra y Asociados S.C.", "Muestra & Asociados"),
        ("Muster und Söhne", "Muster & Söhne GmbH"),
        ("PumpTech Example", "Pump Tech Example Inc"),
        ("Pump N Save", "Pump & Save"),
        ("Museum of Sample and Industry", "Museum Sample Industry"),
    ],
)
def test_legal_forms_joining_words_and_slips_make_no_difference(ours: str, theirs: str) -> None:
    assert compare(ours, theirs) is Evidence.COMPANY_SAME


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Example", "Example Holdings"),
        ("Example Pumps", "Example Pumps Deutschland GmbH"),
        ("Sample Bakery", "Sample Bakery and Café"),
        ("International Business Machines", "IBM"),
    ],
)
def test_a_branch_a_holding_and_an_abbreviation_resemble(ours: str, theirs: str) -> None:
    assert compare(ours, theirs) is Evidence.COMPANY_ALIKE


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Example Pumps", "Globex"),
        ("Example Group", "Globex Group"),
        ("Example Pumps", "Example Valves"),
        ("First Sample Bank of Omaha", "First Sample Bank Alaska"),
        ("North Shore Sample", "South Shore Sample"),
        ("S & E Sample Pumps", "S & F Sample Pumps"),
    ],
)
def test_another_company_disagrees_though_a_usual_word_is_the_same(ours: str, theirs: str) -> None:
    assert compare(ours, theirs) is Evidence.COMPANY_OTHER


def test_a_company_called_otherwise_is_the_one_whose_name_its_domain_bears() -> None:
    customer = Customer(id=CustomerId("c1"), company="S&E")
    of_that_name = Identity(companies=("Sample Example Pumps GmbH",), domains=("www.se.example",))
    assert compare_companies(customer, of_that_name) is Evidence.COMPANY_ALIKE
    assert (
        compare_companies(customer, Identity(companies=("Globex",), domains=("globex.com",))) is Evidence.COMPANY_OTHER
    )


def test_one_former_employer_that_fits_is_enough() -> None:
    assert compare("Example Pumps", "Globex", "Example Pumps") is Evidence.COMPANY_SAME


@pytest.mark.parametrize("theirs", ["見本商事", "!", ""])
def test_a_name_in_another_script_or_without_a_letter_says_nothing(theirs: str) -> None:
    assert compare("Example Pumps", theirs) is None
