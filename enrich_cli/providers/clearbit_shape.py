"""The person body that Clearbit invented and Hunter copied. Any member, or a whole block, may be null or missing.

`emailProvider` is ignored: it is a boolean at Clearbit, a text at Hunter, and of no use to us.
"""

from __future__ import annotations

from enrich_cli.domain.outcomes import Answered, Found, Identity, NotFound, Place
from enrich_cli.domain.person import Employment, Person
from enrich_cli.providers.legibility import legible
from enrich_cli.providers.reading import flag, known, known_places, text
from enrich_cli.providers.web_addresses import last_part, linkedin_url

_FUZZY = 0.5
"""Our certainty for a match that the vendor calls fuzzy, without a figure."""


def answered(body: object, asked_by: str) -> Answered:
    """The person in a body, found by the customer field `asked_by`; not found if it has neither name nor employment."""
    person = legible(_person, body)
    if not (person.full_name or person.company or person.company_domain or person.job_title or person.seniority):
        return NotFound()
    return Found(person, _identity(person, asked_by, fuzzy=flag(body, "fuzzy") is True))


def _person(body: object) -> Person:
    first, last = text(body, "name", "givenName"), text(body, "name", "familyName")
    handle = text(body, "linkedin", "handle")
    title, company = text(body, "employment", "title"), text(body, "employment", "name")
    return Person(
        full_name=text(body, "name", "fullName") or " ".join(known(first, last)) or None,
        first_name=first,
        last_name=last,
        job_title=title,
        seniority=text(body, "employment", "seniority"),
        company=company,
        company_domain=text(body, "employment", "domain"),
        email=text(body, "email"),
        phone=text(body, "phone"),
        location=text(body, "location"),
        city=text(body, "geo", "city"),
        state=text(body, "geo", "state"),
        country=text(body, "geo", "country"),
        bio=text(body, "bio") or text(body, "twitter", "bio"),
        linkedin_url=linkedin_url(handle) if handle else None,
        twitter=last_part(text(body, "twitter", "handle")),
        employment=(Employment(company=company, title=title, current=True),) if company or title else (),
    )


def _identity(person: Person, asked_by: str, *, fuzzy: bool) -> Identity:
    place = Place(city=person.city, state=person.state, country=person.country)
    return Identity(
        asked_by=frozenset({asked_by}),
        names=known(person.full_name),
        emails=known(person.email) if asked_by != "email" else (),
        phones=known(person.phone),
        companies=known(person.company),
        domains=known(person.company_domain),
        places=known_places(place),
        linkedin=known(person.linkedin_url) if asked_by != "linkedin_url" else (),
        twitter=known(person.twitter),
        certainty=_FUZZY if fuzzy else None,
    )
