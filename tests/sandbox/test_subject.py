from __future__ import annotations

import pytest

from enrich_cli.sandbox.subject import (
    Subject,
    by_company,
    by_email,
    by_handle,
    company_of,
    exists,
    name_in,
    slug,
    split_name,
)


def owner(email: str) -> Subject:
    subject = by_email(email)
    assert subject
    return subject


def test_a_work_address_gives_away_name_and_domain() -> None:
    subject = owner(" Ada.Sample42@Example-Pumps.com ")
    assert (subject.given, subject.family, subject.domain) == ("Ada", "Sample", "example-pumps.com")
    assert subject.email == subject.key == "ada.sample42@example-pumps.com"


def test_what_the_question_says_beats_what_the_address_gives_away() -> None:
    subject = by_email("ada.sample@example.com", given="Bea", family="Bell", domain="Other.example")
    assert subject
    assert (subject.given, subject.family, subject.domain) == ("Bea", "Bell", "other.example")


def test_a_free_mail_address_says_nothing_of_the_employer() -> None:
    subject = owner("ada.sample@gmail.com")
    assert subject.free_mail
    assert subject.domain == ""


def test_words_after_a_plus_sign_are_marks_and_no_part_of_the_name() -> None:
    subject = owner("ada.sample+hit+queued+newsletter@example.com")
    assert subject.marks == {"hit", "queued"}
    assert (subject.given, subject.family) == ("Ada", "Sample")


def test_a_role_mailbox_belongs_to_nobody() -> None:
    assert owner("info@example.com").is_role
    assert not owner("ida@example.com").is_role


@pytest.mark.parametrize(
    "text", ["", "ada", "ada@", "@example.com", "ada@example", "a da@example.com", "a@b@example.com"]
)
def test_a_malformed_address_is_none(text: str) -> None:
    assert by_email(text) is None


@pytest.mark.parametrize(
    ("domain", "there"), [("example.com", True), ("example", False), ("gone.invalid", False), ("a b.com", False)]
)
def test_a_domain_exists_unless_it_is_malformed_or_reserved_as_invalid(domain: str, *, there: bool) -> None:
    assert exists(domain) is there


@pytest.mark.parametrize(
    ("domain", "company"),
    [("example.com", "Example"), ("example-pumps.co.uk", "Example Pumps"), ("mail.example.com", "Example")],
)
def test_a_company_is_called_like_its_domain(domain: str, company: str) -> None:
    assert company_of(domain) == company


def test_a_name_is_read_only_where_it_is_plain() -> None:
    assert name_in("ada-sample-17") == ("Ada", "Sample")
    assert name_in("asample") == ("", "")
    assert split_name("Ada B Sample") == ("Ada B", "Sample")


def test_handles_are_plain_ascii() -> None:
    assert slug("Zoë O'Brien") == "zoe-o-brien"


@pytest.mark.parametrize(
    ("handle", "name", "company"),
    [
        ("Ada-Sample", "Ada Sample", ""),
        ("ada_sample", "Ada Sample", ""),
        ("ada-sample-4b7a1020", "Ada Sample", ""),
        ("ada-sample17", "Ada Sample", ""),
        ("ada-sample-at-pumps0", "Ada Sample", "Pumps0"),
        ("adasample", "", ""),
    ],
)
def test_a_handle_gives_away_a_name_and_perhaps_an_employer(handle: str, name: str, company: str) -> None:
    subject = by_handle(handle)
    assert (f"{subject.given} {subject.family}".strip(), subject.company) == (name, company)
    assert subject.key == handle.lower()


def test_marks_in_a_handle_are_no_part_of_the_name() -> None:
    subject = by_handle("ada_sample_miss")
    assert subject.family == "Sample"
    assert subject.marks == {"miss"}


def test_a_company_is_told_by_its_words_whatever_their_case_and_marks_have_a_plus_sign() -> None:
    pumps = by_company("Hit & Miss Pumps +hit")
    assert (pumps.company, pumps.key) == ("Hit & Miss Pumps", "hit-miss-pumps")
    assert pumps.marks == {"hit"}
    assert by_company(" hit & MISS pumps").key == pumps.key
