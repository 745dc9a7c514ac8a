from __future__ import annotations

import re

import pytest

from enrich_cli.sandbox.companies import Business, Place, business_behind, words_of
from enrich_cli.sandbox.states import STATES


def company(name: str, place: Place | None = None, seed: int = 7) -> Business:
    return business_behind(seed, name, place)


def test_the_same_name_is_the_same_company_whatever_its_case_and_legal_form() -> None:
    one, other = company("Acme Dental Care LLC"), company("ACME dental care, Inc.")
    assert one.key == other.key == "acme dental care"
    assert (one.place, one.phone, one.domain, one.trade) == (other.place, other.phone, other.domain, other.trade)


def test_another_seed_is_another_world() -> None:
    assert len({company("Acme Pumps", seed=seed).place for seed in range(20)}) > 10


def test_the_place_of_the_question_is_where_the_company_is() -> None:
    place = Place(street="120 Example Ave", city="Peoria", state="Illinois", postal_code="61602")
    asked = company("Acme Pumps", place)
    assert asked.place == Place(street="120 Example Ave", city="Peoria", state="IL", postal_code="61602")
    assert asked.phone.startswith("+1312555")


def test_a_gap_in_the_place_is_filled_from_the_state_or_the_zip() -> None:
    assert (company("Acme", Place(state="OR")).place.city, company("Acme", Place(postal_code="97302")).place.state) == (
        "Salem",
        "OR",
    )


def test_a_company_without_a_place_has_a_home_of_its_own() -> None:
    assert len({company(f"Acme{number}").place.state for number in range(200)}) == 20


def test_abroad_nothing_american_is_made_up() -> None:
    leeds = company("Acme", Place(city="Leeds", country="GB"))
    assert (leeds.place.state, leeds.place.postal_code, leeds.phone[:3]) == ("", "", "+44")
    assert company("Acme", Place(city="Ulm", country="DE")).phone == ""


def test_phones_are_of_the_range_kept_for_fiction() -> None:
    assert all(re.fullmatch(r"\+1\d{3}55501\d\d", company(f"Acme{number}").phone) for number in range(100))


def test_the_legal_form_that_the_question_says_stays() -> None:
    assert company("Acme Pumps Limited").legal_name == "ACME PUMPS LTD"
    assert company("Acme Pumps").legal_name in {"ACME PUMPS LLC", "ACME PUMPS INC", "ACME PUMPS CORP"}


def test_a_sign_keeps_its_and_company() -> None:
    assert (company("Smith & Co").name, company("Smith & Co").key) == ("Smith & Co", "smith")


def test_a_company_known_by_its_phone_alone_is_where_the_phone_is() -> None:
    asked = business_behind(7, "", phone="+13125550142")
    assert (asked.place.state, asked.phone) == ("IL", "+13125550142")
    assert asked.name


@pytest.mark.parametrize("name", ["Acme Pumps miss", "Acme Pumps +miss", "Acme Pumps, LLC MISS"])
def test_a_mark_is_the_last_word_and_no_part_of_the_name(name: str) -> None:
    assert (set(company(name).marks), company(name).key) == ({"miss"}, "acme pumps")


def test_a_company_may_be_called_like_a_mark() -> None:
    assert (company("Hit").name, company("Hit").marks) == ("Hit", frozenset())


def test_words_that_count_are_told_from_the_rest() -> None:
    assert words_of("The Smith & Sons Co., Ltd.") == ["smith", "sons"]


def test_every_state_has_a_code_a_number_and_a_zip_of_its_own() -> None:
    assert len(STATES) == 51
    for values in zip(*((state.code, state.fips, state.postal_code) for state in STATES), strict=True):
        assert len(set(values)) == 51
    assert all(re.fullmatch(r"\d{5}", state.postal_code) for state in STATES)
