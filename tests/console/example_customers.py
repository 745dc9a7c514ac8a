"""Stored customers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from enrich_cli.domain.customer import customer_from
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Enrichment, Known, content_of
from enrich_cli.domain.models import as_data
from enrich_cli.store.showing import Shown, StoredCustomer
from tests.console.example_runs import (
    BUSINESS,
    NOW,
    PERSON,
    PROPERTY,
    SOCIAL,
)


def known(data_type: DataType, provenance: Mapping[str, str] | str, age: timedelta, **values: object) -> Enrichment:
    said_by = dict.fromkeys(values, provenance) if isinstance(provenance, str) else dict(provenance)
    return Enrichment(
        data_type=data_type,
        status=Known.FOUND if values else Known.NOT_FOUND,
        cached_at=NOW - age,
        expires_at=NOW - age + timedelta(days=7),
        source=",".join(dict.fromkeys(said_by.values())),
        confidence=0.93 if values else None,
        content=content_of(as_data(data_type, values), said_by, ("name agrees", "domain agrees", "city disagrees"))
        if values
        else None,
    )


def stored(name: str, email: str, customer_id: str, *enrichments: Enrichment) -> StoredCustomer:
    customer = customer_from(
        {"email": email, "name": name, "company": "Example Pumps", "city": "Springfield"}, customer_id
    )
    assert customer is not None
    return StoredCustomer(
        customer,
        [Shown(place, one, in_time=one.expires_at > NOW) for place, one in enumerate(enrichments, 7)],
    )


ADA = stored(
    "Ada Sample",
    "ada@pumps.example",
    "crm-17",
    known(
        PERSON,
        {
            "full_name": "clearbit",
            "job_title": "clearbit",
            "email": "clearbit",
            "email_status": "hunter",
            "employment": "fullcontact",
        },
        timedelta(hours=2),
        full_name="Ada Sample",
        job_title="Vice President of Engineering and Operations",
        email="ada@pumps.example",
        email_status="deliverable",
        employment=[
            {"company": "Example Pumps", "title": "VP", "current": True},
            {"company": "Example Gears", "end": "2019-04-01"},
        ],
    ),
    known(
        BUSINESS,
        "google_places",
        timedelta(hours=2),
        name="Example Pumps",
        rating=4.6,
        review_count=1_234,
        hours={"monday": [["09:00", "12:00"], ["13:00", "17:00"]], "sunday": []},
        phone="+12175550123",
        website="https://pumps.example/about-us",
    ),
    known(SOCIAL, "", timedelta(days=9)),
    known(
        PROPERTY,
        "attom",
        timedelta(minutes=1),
        address="12 Oak St, Springfield, IL 62701",
        market_value=368_750,
        year_built=1987,
        beds=3,
        owner_occupied=True,
    ),
)


BOB = stored(
    "Robert Example", "robert.example@gears.example", "h_0123456789abcdef", known(SOCIAL, "", timedelta(days=1))
)
