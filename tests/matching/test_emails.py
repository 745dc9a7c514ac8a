"""When an e-mail agrees."""

from __future__ import annotations

import pytest

from enrich_cli.domain.customer import Customer, CustomerId
from enrich_cli.domain.outcomes import Identity
from enrich_cli.matching.emails import compare_emails, is_shared
from enrich_cli.matching.weights import Evidence


def compare(ours: str, *theirs: str) -> Evidence | None:
    return compare_emails(Customer(id=CustomerId("c1"), email=ours), Identity(emails=theirs))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("ada@example.com", "ADA@Example.com"),
        ("ada+shop@example.com", "ada@example.com"),
        ("ada.sample@gmail.com", "adasample@gmail.com"),
        ("ada@gmail.com", "ada@googlemail.com"),
    ],
)
def test_one_mailbox_can_be_written_in_several_ways(ours: str, theirs: str) -> None:
    assert compare(ours, theirs) is Evidence.EMAIL_SAME


@pytest.mark.parametrize("theirs", ["asample@example.com", "ada.sample@gmail.com", "ada@example.com"])
def test_a_mailbox_made_of_the_same_name_resembles(theirs: str) -> None:
    assert compare("ada.sample@example.com", theirs) is Evidence.EMAIL_ALIKE


@pytest.mark.parametrize("theirs", ["ada.smaple@example.com", "ada.sampl@example.com", "eda.sample@example.com"])
def test_a_slip_makes_no_colleague_of_a_long_mailbox(theirs: str) -> None:
    assert compare("ada.sample@example.com", theirs) is Evidence.EMAIL_ALIKE
    assert compare("ada@example.com", "adi@example.com") is Evidence.EMAIL_COLLEAGUE
    assert compare("12345678@example.com", "12345679@example.com") is Evidence.EMAIL_COLLEAGUE


def test_dots_make_two_mailboxes_elsewhere_than_at_gmail() -> None:
    assert compare("ada.sample@example.com", "adasample@example.com") is Evidence.EMAIL_ALIKE


def test_another_mailbox_of_the_same_domain_is_a_colleague_s() -> None:
    assert compare("ada.sample@example.com", "bob.jones@example.com") is Evidence.EMAIL_COLLEAGUE


@pytest.mark.parametrize("theirs", ["asample@yahoo.com", "ada.sample14@gmail.com", "ada@gmx.de"])
def test_two_private_mailboxes_made_of_one_name_say_nothing_since_namesakes_have_such(theirs: str) -> None:
    assert compare("ada.sample37@gmail.com", theirs) is None
    assert compare("ada.sample37@gmail.com", "ada.sample37@yahoo.com") is Evidence.EMAIL_ALIKE


def test_two_private_mailboxes_contradict() -> None:
    assert compare("ada@gmail.com", "bob@yahoo.co.uk") is Evidence.EMAIL_PRIVATE_OTHER


@pytest.mark.parametrize("theirs", ["bob@gmail.com", "bob@example.org", "no-address", "@", ""])
def test_a_private_one_beside_one_at_work_or_at_two_employers_says_nothing(theirs: str) -> None:
    assert compare("ada@example.com", theirs) is None


def test_the_mailbox_of_an_office_is_nobody_s() -> None:
    assert is_shared("Info@example.com")
    assert compare("info@example.com", "info@example.com") is None
    assert compare("ada@example.com", "sales@example.com") is None


def test_the_mailbox_that_fits_best_counts() -> None:
    assert compare("ada@example.com", "bob@example.com", "ada@example.com") is Evidence.EMAIL_SAME


def test_without_an_email_of_the_customer_there_is_nothing_to_say() -> None:
    assert compare_emails(Customer(id=CustomerId("c1"), name="Ada"), Identity(emails=("ada@example.com",))) is None
