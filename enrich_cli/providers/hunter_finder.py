"""Hunter's finder: somebody's work e-mail by name and employer, sometimes a guess."""

from __future__ import annotations

from enrich_cli.domain.outcomes import Answered, Found, Identity, NotFound
from enrich_cli.domain.person import Employment, Person
from enrich_cli.providers.hunter_verifier import email_status
from enrich_cli.providers.legibility import legible
from enrich_cli.providers.lookup import Request
from enrich_cli.providers.reading import items, known, number, text
from enrich_cli.providers.web_addresses import last_part

_GUESS = 70
"""Below this score the address is a guess, unless sources name it."""


def address(data: object, question: Request) -> Answered:
    """What the finder's `data` say. The names in it merely echo the question, and so does a domain that we named."""
    person = legible(_contact, data)
    if not person.email:
        return NotFound()
    identity = Identity(
        asked_by=question.fields,
        phones=known(person.phone),
        companies=known(person.company),
        domains=known(person.company_domain) if "domain" not in question.fields else (),
        linkedin=known(person.linkedin_url),
        twitter=known(person.twitter),
        certainty=_certainty(data),
    )
    return Found(person, identity)


def _certainty(data: object) -> float | None:
    """From the score, 0 to 100. A low one says nothing against an address that was seen somewhere."""
    score = number(data, "score")
    if score is None or (score < _GUESS and items(data, "sources")):
        return None
    return min(max(score / 100, 0.0), 1.0)


def _contact(data: object) -> Person:
    first, last = text(data, "first_name"), text(data, "last_name")
    title, company, domain = text(data, "position"), text(data, "company"), text(data, "domain")
    status = text(data, "verification", "status")
    return Person(
        full_name=" ".join(known(first, last)) or None,
        first_name=first,
        last_name=last,
        job_title=title,
        company=company,
        company_domain=domain,
        email=text(data, "email"),
        email_status=email_status(status) if status else None,
        phone=text(data, "phone_number"),
        linkedin_url=text(data, "linkedin_url"),
        twitter=last_part(text(data, "twitter")),
        employment=(Employment(company=company, title=title, current=True),) if company or title else (),
    )
