"""The truth about an invented person, the same whichever vendor is asked."""

from __future__ import annotations

from dataclasses import dataclass, replace

from enrich_cli.sandbox.draw import Draw
from enrich_cli.sandbox.states import fictional_phone
from enrich_cli.sandbox.subject import Subject, company_of, slug
from enrich_cli.sandbox.words import (
    COMPANIES,
    FAMILY_NAMES,
    GIVEN_NAMES,
    JOBS,
    NICKNAMES,
    PLEASURES,
    TOWNS,
    Job,
    Town,
)

_LONGEST_TWITTER = 15


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
    site: str
    """Their own, not the company's."""
    linkedin: str
    """The handle."""
    twitter: str
    """The handle."""
    twitter_id: int
    shows_initial: bool = False

    @property
    def twitter_followers(self) -> int:
        return self.twitter_id % 997

    @property
    def linkedin_url(self) -> str:
        return f"https://www.linkedin.com/in/{self.linkedin}"

    @property
    def twitter_url(self) -> str:
        return f"https://twitter.com/{self.twitter}"

    @property
    def full_name(self) -> str:
        return f"{self.given} {self.initial} {self.family}" if self.shows_initial else f"{self.given} {self.family}"


def person_behind(seed: int, subject: Subject) -> Person:
    """Who the subject is: what the question gives away, and the rest drawn from the seed.

    Home and employer are drawn from the name, so that questions by e-mail and by handle agree.
    """
    of_key = Draw(seed, "person", subject.key)
    given, family = subject.given or of_key.pick(GIVEN_NAMES), subject.family or of_key.pick(FAMILY_NAMES)
    name = slug(f"{given} {family}") or f"member-{of_key.number(1000, 9999)}"
    draw = Draw(seed, "life", name)
    drawn_company = draw.pick(COMPANIES)
    company = subject.company or (company_of(subject.domain) if subject.domain else drawn_company)
    domain = subject.domain or f"{slug(company) or 'company'}.example"
    town, job = draw.pick(TOWNS), draw.pick(JOBS)
    employer = slug(company) if subject.company or subject.domain else ""
    is_sure = "hit" in subject.marks
    return Person(
        id=of_key.uuid(),
        given=given,
        family=family,
        initial=draw.pick("ABCDEFGHJKLMNPRSTW"),
        email=subject.email or f"{name.replace('-', '.')}@{domain}",
        phone=subject.phone or fictional_phone(town.area_code, of_key.number(0, 99)),
        job=job,
        company=company,
        domain=domain,
        since=(draw.number(2012, 2025), draw.number(1, 12)),
        earlier_job=draw.pick(JOBS),
        earlier_company=draw.pick(COMPANIES),
        town=town,
        age=draw.number(24, 64),
        bio=f"{job.title} at {company}. Likes {draw.pick(PLEASURES)}.",
        site=f"https://{name}.example.com",
        linkedin=subject.linkedin or _linkedin_handle(name, employer, is_sure=is_sure),
        twitter=subject.twitter or _twitter_handle(name, is_sure=is_sure),
        twitter_id=draw.number(1, 8) * 10**18 + draw.number(0, 65_535) * 10**12 + draw.number(0, 65_535),
    )


def _linkedin_handle(name: str, employer: str, *, is_sure: bool) -> str:
    return "-".join((name, *(("at", employer) if employer else ()), *(("hit",) if is_sure else ())))


def _twitter_handle(name: str, *, is_sure: bool) -> str:
    """At most 15 characters, so a long given name becomes its initial."""
    words = name.split("-")
    given, rest = words[0], "_".join((words[-1], *(("hit",) if is_sure else ())))
    handle = f"{given}_{rest}"
    return handle if len(handle) <= _LONGEST_TWITTER else f"{given[0]}_{rest}"[:_LONGEST_TWITTER]


def somebody_else(seed: int, subject: Subject, vendor: str) -> Person:
    """The person whom a vendor mistakes the subject for."""
    return person_behind(seed, Subject(key=f"{subject.key}/mistaken by {vendor}"))


def as_spelled(person: Person, draw: Draw) -> Person:
    """The same person with the name as one vendor happens to write it: now and then a nickname, or a middle initial."""
    share = draw.share()
    if share < 0.06:
        return replace(person, given=NICKNAMES.get(person.given, person.given))
    return replace(person, shows_initial=share < 0.14)
