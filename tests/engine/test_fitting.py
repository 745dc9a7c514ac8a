"""What may be added to what another provider has said."""

from __future__ import annotations

import pytest

from enrich_cli.domain.merge import filled
from enrich_cli.domain.outcomes import Model
from enrich_cli.domain.person import Person
from enrich_cli.domain.property import Property
from enrich_cli.engine.fitting import fitting


def test_a_verdict_on_another_e_mail_does_not_fit() -> None:
    names = frozenset({"email_status", "seniority"})
    verified = Person(email="ada@x.org", email_status="deliverable", seniority="executive")
    assert fitting(Person(email="ada@y.org"), verified, names) == {"seniority"}
    assert fitting(Person(email="Ada@x.org"), verified, names) == names
    assert fitting(Person(full_name="Ada"), verified, names) == names


@pytest.mark.parametrize(
    ("model", "other", "fits"),
    [
        (Property(last_sale_date="2022-03-01"), Property(last_sale_date="2004-05-06", last_sale_price=310_000), False),
        (Property(last_sale_date="2022-03-01"), Property(last_sale_date="2022-03-01", last_sale_price=310_000), True),
        (Property(zoning="R1"), Property(last_sale_date="2004-05-06", last_sale_price=310_000), True),
        (Property(last_sale_price=1), Property(last_sale_date="2004-05-06", last_sale_price=310_000), False),
        (Person(city="Paris"), Person(city="Austin", state="TX", country="US", location="Austin, TX"), False),
        (Person(city="paris"), Person(city="Paris", state="TX", country="US", location="Paris, TX"), True),
        (Person(company_domain="acme.com"), Person(company="Globex", company_domain="globex.com"), False),
        (Person(company_domain="acme.com"), Person(company="Acme", company_domain="Acme.com"), True),
        (Person(company="Acme"), Person(company="Globex", company_domain="globex.com", job_title="CEO"), False),
        (Person(company="Acme, Inc."), Person(company="ACME", company_domain="acme.co.uk", seniority="owner"), True),
        (Person(company="PwC"), Person(company="Pricewaterhouse", company_domain="pwc.com", job_title="CEO"), True),
        (Person(full_name="Ada"), Person(company="Globex", company_domain="globex.com", job_title="CEO"), True),
        (Person(company="Acme"), Person(job_title="CEO"), True),
    ],
)
def test_of_another_sale_place_or_employer_nothing_is_added(model: Model, other: Model, fits: bool) -> None:
    names = filled(other) - filled(model)
    assert names
    assert fitting(model, other, names) == (names if fits else set())


def test_what_belongs_to_nothing_that_both_name_is_added() -> None:
    house, other = Property(last_sale_date="2022-03-01"), Property(last_sale_date="2004-05-06", zoning="R1", beds=3)
    assert fitting(house, other, frozenset({"zoning", "beds"})) == {"zoning", "beds"}
