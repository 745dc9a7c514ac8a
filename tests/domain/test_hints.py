"""What is learned of a person fills what the row leaves open."""

from __future__ import annotations

import pytest

from enrich_cli.domain.customer import Customer, customer_from
from enrich_cli.domain.hints import with_hints

PERSON = {
    "company": "Example Pumps",
    "company_domain": "https://www.example-pumps.example/about",
    "linkedin_url": "https://www.linkedin.com/in/ada-sample",
    "twitter": "@ada_sample",
    "city": "Springfield",
}


def hinted(**fields: str) -> dict[str, str]:
    return with_hints(customer(**fields), PERSON).values()


def customer(**fields: str) -> Customer:
    made = customer_from({"email": "ada@example.com", **fields})
    assert made is not None
    return made


def test_employer_and_profiles_are_added_as_a_row_would_hold_them() -> None:
    assert hinted() == {
        "email": "ada@example.com",
        "company": "Example Pumps",
        "domain": "example-pumps.example",
        "linkedin_url": "https://www.linkedin.com/in/ada-sample",
        "twitter": "ada_sample",
    }


def test_what_the_row_says_stays() -> None:
    assert hinted(twitter="countess")["twitter"] == "countess"


@pytest.mark.parametrize("own", [{"company": "Acme"}, {"domain": "acme.example"}])
def test_company_and_domain_are_never_of_two_employers(own: dict[str, str]) -> None:
    assert {field: text for field, text in hinted(**own).items() if field in ("company", "domain")} == own


def test_nothing_known_changes_nothing() -> None:
    assert with_hints(customer(), dict.fromkeys(PERSON)) == customer()


def test_the_customer_is_still_called_as_before_and_knows_its_new_fields() -> None:
    with_them = with_hints(customer(), PERSON)
    assert with_them.id == customer().id
    assert {"company", "domain", "twitter"} <= with_them.known
