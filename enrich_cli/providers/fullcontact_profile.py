"""FullContact's answer about a person. Every member is optional: its shape depends on the account's contract."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.merge import filled
from enrich_cli.domain.outcomes import Answered, Found, Identity, NotFound, Place
from enrich_cli.domain.person import Employment, Person
from enrich_cli.providers.legibility import legible
from enrich_cli.providers.lookup import Request
from enrich_cli.providers.reading import flag, items, known, known_places, member, number, text
from enrich_cli.providers.web_addresses import last_part, linkedin_handle

_TELLING = ("fullName", "title", "organization", "details")
"""An answer with none of these holds nothing of use: the account's contract does not include more."""


def answered(body: Mapping[str, object], customer: Customer, question: Request) -> Answered:
    """The person of a profile; not found if it says nothing, or is one of the vendor's test personas."""
    person = legible(_person, body, customer)
    told = {name: body.get(name) for name in _TELLING}
    if flag(body, "isSandboxProfile") or not filled(_person(told, customer)):
        return NotFound()
    return Found(person, _identity(person, body, customer, question))


def _person(body: object, customer: Customer) -> Person:
    name, place, job = member(body, "details", "name"), _first(body, "locations"), _current_job(body)
    first, last = text(name, "given"), text(name, "family")
    return Person(
        full_name=text(body, "fullName") or text(name, "full") or " ".join(known(first, last)) or None,
        first_name=first,
        last_name=last,
        job_title=text(body, "title") or text(job, "title"),
        company=text(body, "organization") or text(job, "name"),
        company_domain=text(job, "domain"),
        email=_email(items(body, "details", "emails"), customer.email),
        phone=next(iter(_values(body, "phones")), None),
        location=text(body, "location") or text(place, "formatted"),
        city=text(place, "city"),
        state=text(place, "region") or text(place, "regionCode"),
        country=text(place, "country"),
        bio=text(body, "bio") or _profile_bio(body),
        linkedin_url=text(body, "linkedin") or text(body, "details", "profiles", "linkedin", "url"),
        twitter=text(body, "details", "profiles", "twitter", "username") or last_part(text(body, "twitter")),
        employment=tuple(_jobs(items(body, "details", "employment"))),
    )


def _identity(person: Person, body: object, customer: Customer, question: Request) -> Identity:
    """The evidence of a profile.

    An identifier that we sent and that the profile lists is what it was found by; only if it lists two of them do they
    support each other. One that it does not list is no contradiction.
    """
    said = {
        "email": _values(body, "emails"),
        "phone": _values(body, "phones"),
        "linkedin_url": known(person.linkedin_url, text(body, "details", "profiles", "linkedin", "url")),
        "twitter": known(person.twitter, last_part(text(body, "twitter"))),
    }
    sent = {
        "email": customer.email,
        "phone": text(question.json, "phone"),
        "linkedin_url": linkedin_handle(customer.linkedin_url),
        "twitter": customer.twitter,
    }
    asked = question.fields.intersection(sent)
    listed = frozenset(field for field in asked if _lists(said[field], sent[field] or ""))
    evidence = {
        field: values for field, values in said.items() if field not in asked or (field in listed and len(listed) > 1)
    }
    jobs = items(body, "details", "employment")
    name = member(body, "details", "name")
    return Identity(
        asked_by=listed or asked or question.fields,
        names=known(person.full_name, text(name, "full"), " ".join(known(text(name, "given"), text(name, "family")))),
        emails=evidence.get("email", ()),
        phones=evidence.get("phone", ()),
        companies=known(person.company, *(text(job, "name") for job in jobs)),
        domains=known(*(text(job, "domain") for job in jobs)),
        places=known_places(*map(_place, items(body, "details", "locations"))),
        linkedin=evidence.get("linkedin_url", ()),
        twitter=evidence.get("twitter", ()),
    )


def _lists(values: Iterable[str], ours: str) -> bool:
    return ours.lower() in {(linkedin_handle(value) or value).lower() for value in values}


def _values(body: object, name: str) -> tuple[str, ...]:
    return known(*(text(item, "value") for item in items(body, "details", name)))


def _first(body: object, name: str) -> object:
    return next(iter(items(body, "details", name)), None)


def _email(listed: list[object], own: str | None) -> str | None:
    """The customer's own e-mail if it is listed, else a work address, else the first."""
    addresses = [(address, text(item, "label")) for item in listed if (address := text(item, "value"))]
    addresses.sort(key=lambda one: (one[0].lower() != own, one[1] != "work"))
    return addresses[0][0] if addresses else None


def _current_job(body: object) -> object:
    """The current job at the profile's organization, else the first current one: several may be current."""
    current = [job for job in items(body, "details", "employment") if flag(job, "current")]
    organization = text(body, "organization")
    return next((job for job in current if text(job, "name") == organization), current[0] if current else None)


def _jobs(entries: Iterable[object]) -> Iterable[Employment]:
    for entry in entries:
        job = Employment(
            company=text(entry, "name"),
            title=text(entry, "title"),
            start=_date(member(entry, "start")),
            end=_date(member(entry, "end")),
            current=flag(entry, "current"),
        )
        if job.company or job.title:
            yield job


def _place(entry: object) -> Place:
    return Place(
        city=text(entry, "city"),
        state=text(entry, "region") or text(entry, "regionCode"),
        postal_code=text(entry, "postalCode"),
        country=text(entry, "country"),
    )


def _date(value: object) -> str | None:
    """`2019`, `2019-09` or `2019-08-31`: a part that is 0 or missing is unknown."""
    year, month, day = (int(number(value, part) or 0) for part in ("year", "month", "day"))
    if not 1 <= year <= 9999:
        return None
    if not 1 <= month <= 12:
        return f"{year:04}"
    return f"{year:04}-{month:02}-{day:02}" if 1 <= day <= 31 else f"{year:04}-{month:02}"


def _profile_bio(body: object) -> str | None:
    profiles = member(body, "details", "profiles")
    bios = (text(profile, "bio") for profile in profiles.values()) if isinstance(profiles, dict) else ()
    return next((bio for bio in bios if bio), None)
