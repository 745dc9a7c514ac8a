from __future__ import annotations

import pytest

from enrich_cli.sandbox.companies import business_behind
from enrich_cli.sandbox.pages import KINDS, page_id, page_of, read_page_id


def test_the_same_company_is_the_same_however_it_is_written() -> None:
    one, other = page_of(7, "Example Pumps"), page_of(7, " example  PUMPS +hit")
    assert (one.place, one.phone, one.domain) == (other.place, other.phone, other.domain)
    assert one.domain == "example-pumps.example"
    assert page_of(8, "Example Pumps") != one


def test_a_company_is_on_its_page_where_and_what_it_is_for_every_other_vendor() -> None:
    page, business = page_of(7, "Example Pumps LLC"), business_behind(7, "Example Pumps")
    assert (page.name, page.place, page.phone, page.domain) == (
        business.name,
        business.place,
        business.phone,
        business.domain,
    )
    assert business.founded.startswith(page.founded)


def test_a_namesake_lives_in_another_state_and_fans_have_no_website() -> None:
    for seed in range(50):
        own, namesake, fans = (page_of(seed, "Example Pumps", kind) for kind in KINDS)
        assert namesake.name == own.name
        assert namesake.place.state != own.place.state
        assert namesake.domain != own.domain
        assert (fans.name, fans.domain) == ("Example Pumps Fans", "")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("asked", ["A", "Example Pumps +hit", "Zoë & Söhne", "李"])
def test_an_id_is_a_number_beyond_53_bits_at_times_that_leads_back_to_the_question(asked: str, kind: str) -> None:
    number = page_id(asked, kind)  # type: ignore[arg-type]
    assert number.isdecimal()
    assert read_page_id(number) == (asked, kind)


@pytest.mark.parametrize("number", ["0", "49", "1", "109876543210987", "9" * 5000])
def test_other_numbers_are_no_ids(number: str) -> None:
    assert read_page_id(number) is None
