"""When a business bears the customer's company name."""

from __future__ import annotations

import pytest

from enrich_cli.domain.customer import Customer, CustomerId
from enrich_cli.domain.outcomes import Identity
from enrich_cli.matching.businesses import compare_businesses, compare_officers
from enrich_cli.matching.weights import Evidence


def compare(ours: str, *theirs: str) -> Evidence | None:
    return compare_businesses(Customer(id=CustomerId("c1"), company=ours), Identity(companies=theirs))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Sample & Sons", "SAMPLE AND SONS, INC."),
        ("Art's Deli", "Arts Delicatessen"),
        ("Hotel Muestra", "Muestra Hotel"),
        ("Example Mfg Co", "Example Manufacturing"),
        ("The Sample Grill", "Sample Grille"),
        ("St. Example Med Ctr", "Saint Example Medical Center"),
        ("Blue Heron", "Blueheron LLC"),
        ("Example Bakery", "Exampel Bakery"),
        ("Globex LLC dba Example Bakery", "Example Bakery"),
        ("Example Bakery (Midtown)", "Example Bakery"),
        ("Example Bakery #12", "Example Bakery"),
        ("Example Bakery #12", "Example Bakery Store 012"),
        ("Globex (formerly Example Bakery)", "Example Bakery"),
        ("Globex LLC (Example Bakery)", "Example Bakery"),
        ("Example Bakery (Globex LLC)", "Globex"),
        ("Sample Grill PA", "Sample Grill"),
        ("Sample Law PA", "Sample Law Co"),
        ("P.A.", "PA"),
        ("Sample Bakery (NJ)", "Sample Bakery (New Jersey)"),
        ("Globex (USA)", "Globex (US)"),
        ("Globex (UK)", "Globex (United Kingdom)"),
        ("Sample Bakery (North)", "Sample Bakery (N.)"),
        ("Sample Bakery (Depot (North))", "Sample Bakery"),
        ("Sample Bakery (Globex LLC)", "Sample Bakery (Midtown)"),
        ("Four Samples Hotel", "4 Samples Hotel"),
        ("First Example Bank", "1st Example Bank"),
        ("Law Firm Sample", "Law Frim Sample"),
        ("AT&T", "AT & T Corp."),
        ("H&R Example", "H & R Example"),
        ("Sample Pizza", "Sample Pizzeria"),
        ("John Sample, DDS", "John Sample Dental"),
        ("H-E-B Example", "HEB Example"),
        ("Gebr. Muster GmbH", "Gebrüder Muster"),
        ("Muster & Partner mbB", "Muster & Partner"),
        ("Hnos. Muestra SL", "Hermanos Muestra"),
        ("Cía. Muestra", "Compañía Muestra SA"),
        ("Pharmacie Ste-Marie", "Pharmacie Sainte Marie"),
        ("Sample Plbg & Htg", "Sample Plumbing and Heating"),
        ("7-11", "7-Eleven"),
        ("ExampleFirst Clinic", "Example First Clinic"),
        ("Boulangerie Exemple", "EURL Boulangerie Exemple"),
        ("Muster und Söhne", "Muster & Söhne"),
        ("Al's Garage", "Al Garage"),
        ("Ada Sample M D P C", "Ada Sample MD, PC"),
        ("Sample B L L C", "Sample B"),
        ("Ft Sample Mtn Tours", "Fort Sample Mountain Tours"),
        ("Sample Bank, N.A.", "Sample Bank"),
        ("Sample Dental, P.A.", "Sample Dentistry"),
        ("Example NW Eqpt", "Example Northwest Equipment"),
        ("Sample St Church", "Sample Street Ch"),
        ("Sta. Sample Church", "Santa Sample Ch"),
    ],
)
def test_one_business_can_be_written_in_several_ways(ours: str, theirs: str) -> None:
    assert compare(ours, theirs) is Evidence.BUSINESS_SAME
    assert compare(theirs, ours) is Evidence.BUSINESS_SAME


@pytest.mark.parametrize(
    ("ours", "theirs", "evidence"),
    [
        ("Restaurant Muestra", "Muestra", Evidence.BUSINESS_SHORTER),
        ("Muestra on the Alley Grill", "Muestra", Evidence.BUSINESS_ALIKE),
        ("Roy Law Firm", "Roi Law Firm", Evidence.BUSINESS_SPELLING),
        ("Bell Realty", "Ball Realty", Evidence.BUSINESS_SPELLING),
        ("Muestra Bakery", "Muestro Bakery", Evidence.BUSINESS_SPELLING),
        ("Example Bakery", "Examples Bakery", Evidence.BUSINESS_SAME),
        ("Western Dental", "Eastern Dental", Evidence.BUSINESS_OTHER),
        ("Northsample Realty", "Southsample Realty", Evidence.BUSINESS_OTHER),
        ("Miller Auto", "Mueller Auto", Evidence.BUSINESS_SPELLING),
        ("Pizza Hut", "Pizza Haus", Evidence.BUSINESS_SPELLING),
        ("International Business Machines", "IBM", Evidence.BUSINESS_ALIKE),
        ("The Grill", "Grill on the Example", Evidence.BUSINESS_ALIKE),
        ("Sample Pizza", "Sample Plumbing", Evidence.BUSINESS_RELATED),
        ("Sample Cafe Midtown", "Sample Dining Room (Midtown)", Evidence.BUSINESS_OUTLET_OTHER),
        ("Example Plumbing", "Globex Plumbing", Evidence.BUSINESS_OTHER),
        ("Pizza 73", "Pizza 74", Evidence.BUSINESS_OTHER),
        ("Sample Lane 66 Diner", "Sample Lane 67 Diner", Evidence.BUSINESS_RELATED),
        ("Example Sample Muestra North", "Example Sample Muestra South", Evidence.BUSINESS_PARTLY),
        ("Example Bakery #12", "Example Bakery No. 21", Evidence.BUSINESS_PARTLY),
        ("Sample Grill PA", "Sample Grill NJ", Evidence.BUSINESS_PARTLY),
        ("Sample Grill SC", "Sample Grill GA", Evidence.BUSINESS_PARTLY),
        ("Sample Dental NC LLC", "Sample Dental SC, Inc.", Evidence.BUSINESS_PARTLY),
        ("Sample Grill of Ohio", "Sample Grill of Texas", Evidence.BUSINESS_RELATED),
        ("Sample Law FL", "Sample Law, P.A.", Evidence.BUSINESS_ALIKE),
        ("Sample Grill NJ", "Sample Grill Co", Evidence.BUSINESS_ALIKE),
        ("Sample Hotel Washington", "Sample Hotel Washington DC", Evidence.BUSINESS_SHORTER),
        ("Sample Drive-In", "Sample Drive-In LA", Evidence.BUSINESS_SHORTER),
        ("Ada Sample MD", "Ada Sample MD MS", Evidence.BUSINESS_SHORTER),
        ("Ada Sample MD", "Ada Sample PA", Evidence.BUSINESS_SHORTER),
        ("Sample Grill S.C. LLC", "Sample Grill GA", Evidence.BUSINESS_PARTLY),
        ("Sample Plumbing", "R Sample Plumbing", Evidence.BUSINESS_SHORTER),
        ("Sample Grill Delaware", "Sample Grill Delaware OH", Evidence.BUSINESS_SHORTER),
        ("Sample Grill West Virginia", "Sample Grill WV", Evidence.BUSINESS_ALIKE),
        ("Sample Bakery (NJ)", "Sample Bakery (NY)", Evidence.BUSINESS_PARTLY),
        ("Sample Bakery (Globex LLC)", "Sample Bakery (Muster LLC)", Evidence.BUSINESS_PARTLY),
        ("Sample Grill North", "Sample Grill South", Evidence.BUSINESS_RELATED),
        ("Sample Grill (North)", "Sample Grill (South)", Evidence.BUSINESS_PARTLY),
        ("Sample Grill", "Sample Grill NJ", Evidence.BUSINESS_ALIKE),
        ("Globex Inc (Midtown)", "Midtown Bakery", Evidence.BUSINESS_OTHER),
        ("Globex Inc (Bakery)", "Bakery", Evidence.BUSINESS_OTHER),
        ("Roe Law Firm", "Doe Law Firm", Evidence.BUSINESS_OTHER),
        ("B & B Plumbing", "B & H Plumbing", Evidence.BUSINESS_OTHER),
        ("J Sample Plumbing", "R Sample Plumbing", Evidence.BUSINESS_PARTLY),
        ("J Sample Plumbing", "J R Sample Plumbing", Evidence.BUSINESS_SPELLING),
        ("J & K Plumbing", "K Plumbing", Evidence.BUSINESS_OTHER),
        ("Fratelli Pizza", "Brothers Pizza", Evidence.BUSINESS_OTHER),
        ("Sample Grill KS", "Sample Grill MO", Evidence.BUSINESS_RELATED),
        ("Example Holding", "Example Ltd", Evidence.BUSINESS_ALIKE),
        ("Example Bakery", "Globex", Evidence.BUSINESS_OTHER),
        ("N. Sample Plumbing", "North Sample Plumbing", Evidence.BUSINESS_SPELLING),
        ("Bakery J. Sample", "Sample John Bakery", Evidence.BUSINESS_SPELLING),
        ("Sample B&B", "Sample Bed & Breakfast", Evidence.BUSINESS_ALIKE),
        ("Sample Cleaners", "Sample Cleaning", Evidence.BUSINESS_SPELLING),
        ("Example Radiology", "Example Cardiology", Evidence.BUSINESS_RELATED),
        ("Sample Hair Salon", "Sample Hair Studio", Evidence.BUSINESS_ALIKE),
    ],
)
def test_what_does_not_fit_says_how_far(ours: str, theirs: str, evidence: Evidence) -> None:
    assert compare(ours, theirs) is evidence


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Sample Roofing", "Sample Realty"),
        ("Sample Dental", "Sample Pharmacy"),
        ("Sample Farm", "Sample Motel"),
        ("Gasthof Muster", "Apotheke Muster"),
        ("Example - Ada Sample", "Example - Bob Jones"),
        ("Metzgerei Muster", "Bäckerei Muster"),
        ("Garage Exemple", "Boulangerie Exemple"),
        ("Sample Cardiology", "Sample Radiology Clinic"),
        ("St. Sample Church", "St. Sample School"),
        ("Sample Eye Clinic", "Sample Children's"),
        ("Sample Hardware", "Sample Value"),
    ],
)
def test_two_names_that_each_have_words_of_their_own_are_two_businesses(ours: str, theirs: str) -> None:
    assert compare(ours, theirs) is Evidence.BUSINESS_RELATED
    assert compare(theirs, ours) is Evidence.BUSINESS_RELATED


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Sample Grill", "Sample Bistro"),
        ("Sample Attorneys", "Kanzlei Sample"),
        ("Sample Group", "Sample Bistro"),
        ("Sample Opticals", "Sample Opticians Centre"),
        ("Sample Funeral Home", "Sample Mortuary"),
        ("Sample Liquors", "Sample Wine & Spirits"),
        ("Sample Trucking", "Sample Freight"),
        ("Albergo Esempio", "Hotel Esempio"),
        ("Metzgerei Muster", "Fleischerei Muster"),
        ("Abogados Ejemplo", "Bufete Ejemplo"),
        ("Pharmacie Centrale Exemple", "Pharmacie du Centre Exemple"),
    ],
)
def test_what_a_business_does_may_be_told_by_several_words(ours: str, theirs: str) -> None:
    assert compare(ours, theirs) is not Evidence.BUSINESS_RELATED
    assert compare(theirs, ours) is not Evidence.BUSINESS_RELATED


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("SW Example", "SE Example"), ("Northwestern Example", "Northeastern Example")],
)
def test_a_business_is_not_one_on_another_side(ours: str, theirs: str) -> None:
    assert compare(ours, theirs) not in {Evidence.BUSINESS_SAME, Evidence.BUSINESS_SPELLING}


def test_a_former_name_that_fits_is_enough() -> None:
    assert compare("Example Bakery", "Globex", "Example Bakery") is Evidence.BUSINESS_SAME


@pytest.mark.parametrize("theirs", ["見本商事", "!", ""])
def test_a_name_in_another_script_or_without_a_letter_says_nothing(theirs: str) -> None:
    assert compare("Example Bakery", theirs) is None


def test_the_customer_among_the_officers_agrees_and_other_officers_say_nothing() -> None:
    ada = Customer(id=CustomerId("c1"), name="Ada Sample", company="Example")
    assert compare_officers(ada, Identity(names=("BOB JONES", "SAMPLE, ADA M"))) is Evidence.OFFICER_SAME
    assert compare_officers(ada, Identity(names=("BOB JONES",))) is None
