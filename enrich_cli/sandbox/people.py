"""The truth about an invented person, the same whichever vendor is asked."""

from __future__ import annotations

from dataclasses import dataclass, replace

from enrich_cli.sandbox.draw import Draw
from enrich_cli.sandbox.subject import Subject, company_of, slug
from enrich_cli.sandbox.words import (
    COMPANY_FIRST,
    COMPANY_SECOND,
    FAMILY_NAMES,
    GIVEN_NAMES,
    JOBS,
    NICKNAMES,
    PLEASURES,
    TOWNS,
    Job,
    Town,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who does not exist."""

    id: str
    given: str
    family: str
    initial: str
    email: str
    phone: str
    job: Job
    company: str
    domain: str
    since: tuple[int, int]
    """Year and month in which the job began."""
    earlier_job: Job
    earlier_company: str
    town: Town
    age: int
    bio: str
    linkedin: str
    """The handle."""
    twitter: str
    """The handle."""
    twitter_id: int
    shows_initial: bool = False

    @property
    def full_name(self) -> str:
        return f"{self.given} {self.initial} {self.family}" if self.shows_initial else f"{self.given} {self.family}"


def person_behind(seed: int, subject: Subject) -> Person:
    """Who the subject is: what the question gave away, and for the rest what the seed and the key draw."""
    draw = Draw(seed, "person", subject.key)
    drawn_given, drawn_family = draw.pick(GIVEN_NAMES), draw.pick(FAMILY_NAMES)
    drawn_company = f"{draw.pick(COMPANY_FIRST)} {draw.pick(COMPANY_SECOND)}"
    given, family = subject.given or drawn_given, subject.family or drawn_family
    company = subject.company or (company_of(subject.domain) if subject.domain else drawn_company)
    domain = subject.domain or f"{slug(company) or 'company'}.example"
    handle = slug(f"{given} {family}") or f"member-{draw.number(1000, 9999)}"
    town, job = draw.pick(TOWNS), draw.pick(JOBS)
    return Person(
        id=draw.uuid(),
        given=given,
        family=family,
        initial=draw.pick("ABCDEFGHJKLMNPRSTW"),
        email=subject.email or f"{handle.replace('-', '.')}@{domain}",
        phone=subject.phone or f"+1{town.area_code}55501{draw.number(0, 99):02}",
        job=job,
        company=company,
        domain=domain,
        since=(draw.number(2012, 2025), draw.number(1, 12)),
        earlier_job=draw.pick(JOBS),
        earlier_company=f"{draw.pick(COMPANY_FIRST)} {draw.pick(COMPANY_SECOND)}",
        town=town,
        age=draw.number(24, 64),
        bio=f"{job.title} at {company}. Likes {draw.pick(PLEASURES)}.",
        linkedin=subject.linkedin or handle,
        twitter=subject.twitter or handle.replace("-", ""),
        twitter_id=draw.number(1, 60_000) * 1000 + draw.number(0, 999),
    )


def somebody_else(seed: int, subject: Subject, vendor: str) -> Person:
    """Whom a vendor mistakes the subject for."""
    return person_behind(seed, Subject(key=f"{subject.key}/mistaken by {vendor}"))


def as_spelled(person: Person, draw: Draw) -> Person:
    """The same person as one vendor happens to write the name: now and then a nickname, or a middle initial."""
    share = draw.share()
    if share < 0.06:
        return replace(person, given=NICKNAMES.get(person.given, person.given))
    return replace(person, shows_initial=share < 0.14)
