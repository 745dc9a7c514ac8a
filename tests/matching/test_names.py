"""When a name agrees, and how well."""

from __future__ import annotations

import pytest

from enrich_cli.domain.customer import Customer, CustomerId
from enrich_cli.domain.outcomes import Identity
from enrich_cli.matching.names import compare_names
from enrich_cli.matching.weights import Evidence


def compare(ours: str, *theirs: str) -> Evidence | None:
    return compare_names(Customer(id=CustomerId("c1"), name=ours), Identity(names=theirs))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Ada Sample", "ADA SAMPLE"),
        ("Ada Sample", "Sample Ada"),
        ("Ada Sample", "Sample, Ada"),
        ("Ada Sample", "Dr. Ada Sample, PhD"),
        ("José Núñez", "Jose Nunez"),
        ("Łukasz Gołąb", "Lukasz Golab"),
        ("Conan O'Brien", "Conan O’Brien"),
        ("Jean-Luc Sample", "Jean Luc Sample"),
        ("Ahmed El Sample", "Ahmed Elsample"),
        ("JP Sample", "J. P. Sample"),
        ("Jan van den Berg", "Jan Berg"),
        ("Jan van den Berg", "Jan Vandenberg"),
        ("Maria de la Cruz", "De la Cruz, Maria"),
        ("Van Morrison", "Morrison, Van"),
        ("山田太郎", "山田 太郎"),
        ("Ada Sample", "Ada Sam ple"),
    ],
)
def test_case_order_accents_titles_and_particles_make_no_difference(ours: str, theirs: str) -> None:
    assert compare(ours, theirs) is Evidence.NAME_SAME


@pytest.mark.parametrize(
    ("ours", "theirs", "evidence"),
    [
        ("Ada Sample", "Ada Maria Sample", Evidence.NAME_LONGER),
        ("Ana García", "Ana García López", Evidence.NAME_LONGER),
        ("Ada Sample", "Ada Sample-Jones", Evidence.NAME_LONGER),
        ("Bob Sample", "Robert Sample", Evidence.NAME_NICKNAME),
        ("Steven Sample", "Stephen Sample", Evidence.NAME_NICKNAME),
        ("Ahmed El Sample", "Ahmad Elsample", Evidence.NAME_NICKNAME),
        ("Wm. Sample", "William Sample", Evidence.NAME_NICKNAME),
        ("Fco. Javier Sample", "Francisco Javier Sample", Evidence.NAME_NICKNAME),
        ("Barb Sample", "Barbara Sample", Evidence.NAME_NICKNAME),
        ("Yusuf Sample", "Youssef Sample", Evidence.NAME_NICKNAME),
        ("Seung Kim", "Sung Kim", Evidence.NAME_NICKNAME),
        ("Sonya Sample", "Sonia Sample", Evidence.NAME_NICKNAME),
        ("Ada Sample", "Ada Sampel", Evidence.NAME_SPELLING),
        ("Ada Sample", "Adda Sample", Evidence.NAME_SPELLING),
        ("Karl Müller", "Karl Mueller", Evidence.NAME_SPELLING),
        ("Brianna Sample", "Briana Sample", Evidence.NAME_SPELLING),
        ("Ada Sample", "Ada Sam plx", Evidence.NAME_SPELLING),
        ("Luke Sample", "Lue Sample", Evidence.NAME_GARBLED),
        ("Kyle Sample", "Kyl Sample", Evidence.NAME_GARBLED),
        ("Jessica Sample", "Jessxia Sample", Evidence.NAME_GARBLED),
        ("Marcus Sample", "Maruc Sample", Evidence.NAME_GARBLED),
        ("Ada Sample", "Ada Samlpx", Evidence.NAME_GARBLED),
        ("Maya Jones", "Maya Jnos", Evidence.NAME_GARBLED),
        ("Amelia Sample", "Lmeai Sample", Evidence.NAME_GARBLED),
        ("Matilda Harris", "Matilda Hsrir", Evidence.NAME_GARBLED),
        ("Noel Sample", "Leon Sample", Evidence.NAME_FIRST_OTHER),
        ("François Exemple", "Françoise Exemple", Evidence.NAME_FIRST_OTHER),
        ("François Exemple", "Françoise P. Exemple", Evidence.NAME_FIRST_OTHER),
        ("Lakshman Sample", "Lakshmi Sample", Evidence.NAME_FIRST_OTHER),
        ("Stanisław Sample", "Stanisława Sample", Evidence.NAME_FIRST_OTHER),
        ("Eugenio Muestra", "Eugenia Muestra", Evidence.NAME_FIRST_OTHER),
        ("Anna Lane", "Anna Neal", Evidence.NAME_SURNAME_OTHER),
        ("Anna Price", "Anna Pierce", Evidence.NAME_SURNAME_OTHER),
        ("Anna Meyer", "Anna Emery", Evidence.NAME_SURNAME_OTHER),
        ("Anna Romero", "Anna Moore", Evidence.NAME_SURNAME_OTHER),
        ("Ada Moss", "Ada Oslo", Evidence.NAME_SURNAME_OTHER),
        ("Ada Orr", "Ada Rro", Evidence.NAME_SURNAME_OTHER),
        ("Rebecca Sample", "Rebecc Sample", Evidence.NAME_SPELLING),
        ("Ada Sample", "A. Sample", Evidence.NAME_INITIAL),
        ("JP Sample", "John Paul Sample", Evidence.NAME_INITIAL),
        ("Jean-Pierre Sample", "JP Sample", Evidence.NAME_INITIAL),
        ("J.R. Sample", "John Ronald Sample", Evidence.NAME_INITIAL),
        ("J. Edgar Sample", "John Sample", Evidence.NAME_INITIAL),
        ("Bob A. Sample", "B. Ada Sample", Evidence.NAME_INITIAL),
        ("Ada M. Sample", "Ada Maria Sample", Evidence.NAME_INITIAL),
        ("Ada Sample", "Ada", Evidence.NAME_PART),
        ("Sample", "Ada Sample", Evidence.NAME_SURNAME_ALONE),
        ("de la Muestra", "Ada de la Muestra", Evidence.NAME_SURNAME_ALONE),
        ("Van der Muster", "Ada van der Muster", Evidence.NAME_SURNAME_ALONE),
        ("Van Sample", "Bob Sample", Evidence.NAME_FIRST_OTHER),
        ("Al Di Muestra", "Albert Di Muestra", Evidence.NAME_NICKNAME),
        ("Al Di Muestra", "Lisa Di Muestra", Evidence.NAME_FIRST_OTHER),
        ("Do Van Anh", "Do Van Anh", Evidence.NAME_SAME),
        ("Le Van Muster", "Lisa Muster", Evidence.NAME_FIRST_OTHER),
        ("Ada Maria Sample", "Sample", Evidence.NAME_SURNAME_ALONE),
        ("Ada Sample", "A. S.", Evidence.NAME_INITIALS),
        ("Ada M. Sample", "Ada J. Sample", Evidence.NAME_MIDDLE_OTHER),
        ("Ana García López", "Ana María García", Evidence.NAME_MIDDLE_OTHER),
        ("Ana Sample-Jones", "Ana Sample-Okafor", Evidence.NAME_SURNAME_OTHER),
        ("Jean-Luc Sample", "Jean Marc Sample", Evidence.NAME_MIDDLE_OTHER),
        ("Jean-Luc Sample", "Jean-Lue Sample", Evidence.NAME_MIDDLE_OTHER),
    ],
)
def test_what_does_not_fit_exactly_says_in_what(ours: str, theirs: str, evidence: Evidence) -> None:
    assert compare(ours, theirs) is evidence


@pytest.mark.parametrize(
    ("ours", "theirs", "evidence"),
    [
        ("Ada Sample", "Ada Jones", Evidence.NAME_SURNAME_OTHER),
        ("Ada M. Sample", "Ada Maria Jones", Evidence.NAME_SURNAME_OTHER),
        ("Anh Do", "Anh Tran", Evidence.NAME_SURNAME_OTHER),
        ("Kane Sample", "Kane Vincent", Evidence.NAME_SURNAME_OTHER),
        ("A. M. Sample", "Ada Maria Jones", Evidence.NAME_OTHER),
        ("Ada Sample", "Bob Sample", Evidence.NAME_FIRST_OTHER),
        ("Bob Sample", "Bill Sample", Evidence.NAME_FIRST_OTHER),
        ("Bob A. Sample", "Ada Sample", Evidence.NAME_FIRST_OTHER),
        ("Sample, Bob A.", "Ada M. Sample", Evidence.NAME_FIRST_OTHER),
        ("Bob A. Sample", "Ada B. Sample", Evidence.NAME_FIRST_OTHER),
        ("Bob J. Sample", "Bob Jones", Evidence.NAME_SURNAME_OTHER),
        ("Mark Sample", "Mary Sample", Evidence.NAME_FIRST_OTHER),
        ("Mario Sample", "Maria Sample", Evidence.NAME_FIRST_OTHER),
        ("Andrew Sample", "Andrea Sample", Evidence.NAME_FIRST_OTHER),
        ("Gabriel Sample", "Gabriela Sample", Evidence.NAME_FIRST_OTHER),
        ("Sample Robert", "Sample William", Evidence.NAME_FIRST_OTHER),
        ("Dan Sample", "Don Sample", Evidence.NAME_FIRST_OTHER),
        ("Ramesh Sample", "Rakesh Sample", Evidence.NAME_FIRST_OTHER),
        ("Samir Sample", "Samira Sample", Evidence.NAME_FIRST_OTHER),
        ("Takashi Sample", "Takeshi Sample", Evidence.NAME_FIRST_OTHER),
        ("Wang Fang", "Wang Feng", Evidence.NAME_FIRST_OTHER),
        ("Angel Sample", "Angela Sample", Evidence.NAME_FIRST_OTHER),
        ("JP Sample", "Tom Sample", Evidence.NAME_FIRST_OTHER),
        ("James Sample", "Jared Sample", Evidence.NAME_FIRST_OTHER),
        ("Barry Sample", "Larry Sample", Evidence.NAME_FIRST_OTHER),
        ("Rania Sample", "Rohan Sample", Evidence.NAME_FIRST_OTHER),
        ("Kayla Sample", "Kyla Sample", Evidence.NAME_FIRST_OTHER),
        ("Peter Sample", "Petra Sample", Evidence.NAME_FIRST_OTHER),
        ("Sarah Sample", "Saraha Sample", Evidence.NAME_FIRST_OTHER),
        ("Joshua Sample", "Joshuaa Sample", Evidence.NAME_SPELLING),
        ("Jean-Luc Sample", "Jean-Marc Sample", Evidence.NAME_FIRST_OTHER),
        ("Jean-Luc Sample", "SAMPLE, JEAN-MARC", Evidence.NAME_FIRST_OTHER),
        ("Zhang Wei", "Zhang Min", Evidence.NAME_FIRST_OTHER),
        ("Zhang Wei", "Wei Zhang", Evidence.NAME_SAME),
        ("Ada Sample", "Bob Jones", Evidence.NAME_OTHER),
        ("J. Sample", "Jane Jones", Evidence.NAME_OTHER),
        ("Ada", "Bob Jones", Evidence.NAME_PART_OTHER),
    ],
)
def test_another_person_is_told_from_a_slip(ours: str, theirs: str, evidence: Evidence) -> None:
    assert compare(ours, theirs) is evidence


@pytest.mark.parametrize(
    ("ours", "theirs", "evidence"),
    [
        ("Ruth Sample", "Tarrant Ruth", Evidence.NAME_SURNAME_OTHER),
        ("Sample Ruth", "Ruth Tarrant", Evidence.NAME_SURNAME_OTHER),
        ("Ruth Sample", "Megan Ruth", Evidence.NAME_FIRST_OTHER),
        ("Matthew Robert", "Sample Matthew", Evidence.NAME_FIRST_OTHER),
        ("Sample Tarrant", "Tarrant Okafor", Evidence.NAME_FIRST_OTHER),
    ],
)
def test_a_first_name_told_last_is_one_where_no_other_word_may_be_one(
    ours: str, theirs: str, evidence: Evidence
) -> None:
    assert compare(ours, theirs) is evidence


def test_father_and_son_are_two_where_both_say_so() -> None:
    assert compare("Bob Sample Sr.", "Bob Sample Jr.") is Evidence.NAME_GENERATION_OTHER
    assert compare("Bob Sample II", "Sample, Bob, III") is Evidence.NAME_GENERATION_OTHER
    assert compare("Bob Sample Jr.", "Bob Sample II") is Evidence.NAME_SAME
    assert compare("Bob Sample", "Bob Sample Jr.") is Evidence.NAME_SAME
    assert compare("Bob Sample Sr.", "Ada Jones Jr.") is Evidence.NAME_OTHER
    assert compare("Bob Sample Senior", "Sample, Bob, Junior") is Evidence.NAME_GENERATION_OTHER
    assert compare("Bob Sample 3rd", "Bob Sample Jr.") is Evidence.NAME_GENERATION_OTHER
    assert compare("Bob Senior", "Bob Senior Jr.") is Evidence.NAME_SAME


def test_the_name_that_fits_best_counts() -> None:
    assert compare("Ada Sample", "Bob Jones", "Ada Sample", "A. Sample") is Evidence.NAME_SAME


@pytest.mark.parametrize("theirs", ["Ада Образец", "山田太郎", "—", ""])
def test_a_name_in_another_script_or_without_a_letter_says_nothing(theirs: str) -> None:
    assert compare("Ada Sample", theirs) is None


def test_a_first_name_alone_is_looked_for_before_the_family_name() -> None:
    customer = Customer(id=CustomerId("c1"), first_name="Jordan")
    assert compare_names(customer, Identity(names=("Jordan Sample",))) is Evidence.NAME_PART
    assert compare_names(customer, Identity(names=("Bob Jordan",))) is Evidence.NAME_PART_OTHER


def test_a_family_name_alone_that_differs_may_have_been_changed() -> None:
    customer = Customer(id=CustomerId("c1"), last_name="Sample")
    assert compare_names(customer, Identity(names=("Ada Sample",))) is Evidence.NAME_SURNAME_ALONE
    assert compare_names(customer, Identity(names=("Sam ple",))) is Evidence.NAME_SURNAME_ALONE
    assert compare_names(customer, Identity(names=("Ada Jones",))) is Evidence.NAME_SURNAME_OTHER


def test_without_a_name_on_both_sides_there_is_nothing_to_say() -> None:
    assert compare("Ada Sample") is None
    assert compare_names(Customer(id=CustomerId("c1"), email="ada@example.com"), Identity(names=("Ada",))) is None
