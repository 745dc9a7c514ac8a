"""When a domain agrees."""

from __future__ import annotations

import pytest

from enrich_cli.domain.customer import Customer, CustomerId
from enrich_cli.domain.outcomes import Identity
from enrich_cli.matching.domains import compare_domains, is_free_mail, registrable
from enrich_cli.matching.weights import Evidence


def compare(domain: str | None, email: str | None, *theirs: str) -> Evidence | None:
    return compare_domains(Customer(id=CustomerId("c1"), domain=domain, email=email), Identity(domains=theirs))


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://www.Example.co.uk/about?x=1", "example.co.uk"),
        ("ada@mail.example.com", "example.com"),
        ("example.com:8080", "example.com"),
        ("müller.de", "xn--mller-kva.de"),
        ("www.xn--mller-kva.de", "xn--mller-kva.de"),
        ("www.食狮.公司.cn", "xn--85x722f.xn--55qx5d.cn"),
        ("www.xn--85x722f.xn--55qx5d.cn", "xn--85x722f.xn--55qx5d.cn"),
        ("xn--.de", None),
        ("ada.github.io", "ada.github.io"),
        ("localhost", None),
        ("192.0.2.1", None),
        ("co.uk", None),
        ("a..b", None),
        (f"{'ü' * 70}.de", None),
        ("", None),
    ],
)
def test_only_the_part_that_somebody_registered_counts(address: str, domain: str | None) -> None:
    assert registrable(address) == domain


def test_the_domain_of_the_email_is_the_customer_s_too() -> None:
    assert compare(None, "ada@example.com", "www.example.com") is Evidence.DOMAIN_SAME
    assert compare("sample.org", "ada@example.com", "example.com") is Evidence.DOMAIN_SAME


def test_the_same_name_under_another_ending_agrees_less() -> None:
    assert compare("example.com", None, "example.de") is Evidence.DOMAIN_SISTER


def test_another_domain_disagrees() -> None:
    assert compare("example.com", None, "globex.org") is Evidence.DOMAIN_OTHER


@pytest.mark.parametrize("email", ["ada@gmail.com", "ada@yahoo.co.uk", "ada@web.de"])
def test_free_mail_says_nothing(email: str) -> None:
    assert compare(None, email, email.partition("@")[2], "example.com") is None


@pytest.mark.parametrize("page", ["https://www.facebook.com/example", "linktr.ee/example", "example.squarespace.com"])
def test_a_page_under_a_platform_s_domain_says_nothing(page: str) -> None:
    assert compare("example.com", None, page) is None


def test_a_company_s_own_domain_is_no_free_mail() -> None:
    assert is_free_mail("gmail.com")
    assert is_free_mail("mailbox.org")
    assert is_free_mail("yahoo.co.uk")
    assert not is_free_mail("example.com")
