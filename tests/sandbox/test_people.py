from __future__ import annotations

import re

import pytest

from enrich_cli.sandbox.draw import Draw
from enrich_cli.sandbox.people import Person, as_spelled, person_behind, somebody_else
from enrich_cli.sandbox.subject import Subject, by_email, by_handle


def person(email: str, seed: int = 7) -> Person:
    subject = by_email(email)
    assert subject
    return person_behind(seed, subject)


def test_the_same_seed_and_address_are_the_same_person() -> None:
    assert person("ada.sample@example.com") == person("Ada.Sample@example.com")
    assert person("ada.sample@example.com").id != person("ada.sample@example.com", seed=8).id


def test_name_and_company_come_from_the_address() -> None:
    ada = person("ada.sample@example-pumps.com")
    assert (ada.full_name, ada.company, ada.domain) == ("Ada Sample", "Example Pumps", "example-pumps.com")
    assert (ada.linkedin, ada.twitter) == ("ada-sample-at-example-pumps", "ada_sample")


def test_what_is_not_given_away_is_drawn() -> None:
    stranger = person("x99@gmail.com")
    assert stranger.given
    assert stranger.family
    assert stranger.domain.endswith(".example")


def test_phones_are_of_the_range_kept_for_fiction() -> None:
    assert all(re.fullmatch(r"\+1\d{3}55501\d\d", person(f"p{n}@example.com").phone) for n in range(50))


def test_identifiers_of_the_question_are_the_persons_own() -> None:
    asked = person_behind(7, Subject(key="k", phone="+12175550100", linkedin="ada-sample-1", twitter="ada1"))
    assert (asked.phone, asked.linkedin, asked.twitter) == ("+12175550100", "ada-sample-1", "ada1")


def test_a_name_without_latin_letters_still_has_a_handle_and_an_address() -> None:
    asked = person_behind(7, Subject(key="k", given="明", family="李"))
    assert asked.linkedin.startswith("member-")
    assert "@" in asked.email.strip("@")


def test_somebody_else_shares_neither_name_nor_company() -> None:
    subject = by_email("ada.sample@example.com")
    assert subject
    other = somebody_else(7, subject, "hunter")
    assert other.family != "Sample"
    assert other.domain != "example.com"


def test_spelling_now_and_then_uses_a_nickname_or_an_initial_and_never_another_family_name() -> None:
    will = person("william.sample@example.com")
    spelled = [as_spelled(will, Draw("spelling", n)) for n in range(300)]
    names = {one.full_name for one in spelled}
    assert names == {"William Sample", "Bill Sample", f"William {will.initial} Sample"}


def test_a_question_by_handle_and_one_by_address_meet_the_same_life() -> None:
    ada = person("ada.sample@example-pumps.example")
    met = person_behind(7, by_handle(ada.linkedin))
    assert (met.full_name, met.company, met.domain) == (ada.full_name, ada.company, ada.domain)
    assert (met.town, met.job, met.twitter_id) == (ada.town, ada.job, ada.twitter_id)
    assert person_behind(7, by_handle(ada.twitter)).town == ada.town


def test_a_sure_hit_is_one_by_the_handles_of_the_person_too() -> None:
    ada = person("ada.sample+hit@example.com")
    assert by_handle(ada.linkedin).marks == by_handle(ada.twitter).marks == {"hit"}


@pytest.mark.parametrize(
    ("email", "handle"),
    [
        ("katherine.whitfield@example.com", "k_whitfield"),
        ("katherine.hashimoto-goldberg+hit@example.com", "k_goldberg_hit"),
        ("jo.abcdefghijklmnopqrst@example.com", "j_abcdefghijklm"),
    ],
)
def test_a_twitter_handle_has_15_characters_at_most(email: str, handle: str) -> None:
    assert person(email).twitter == handle
