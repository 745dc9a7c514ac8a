"""A LinkedIn profile as FreshData writes it, according to the sheet: empty values are empty texts."""

from __future__ import annotations

from typing import Any

from enrich_cli.sandbox.people import Person
from enrich_cli.sandbox.person_vendor import Finding
from enrich_cli.sandbox.subject import Subject, slug

_OPTIONAL = (
    *("about", "city", "company_domain", "company_website", "connection_count", "headline", "is_verified", "languages"),
    *("job_title", "location", "profile_image_url", "school", "state"),
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def profile(finding: Finding, subject: Subject) -> dict[str, Any]:
    """`data` of a profile."""
    person, draw = finding.person, finding.draw
    town = person.town
    is_renamed = not finding.full and draw.chance(0.03)
    public_id = f"{person.linkedin}-{draw.number(10, 99)}" if is_renamed else person.linkedin
    is_employed = bool(subject.company) or not subject.given or finding.mistaken
    name_of_followers = "followers_count" if not finding.full and draw.chance(0.1) else "follower_count"
    record = {
        "about": person.bio if is_employed else "",
        "city": town.city,
        "connection_count": 100 + person.twitter_id % 400,
        "country": "United States",
        "educations": [_education(person)],
        "email": "",
        "phone": "",
        "experiences": _experiences(person, is_employed=is_employed),
        "first_name": person.given,
        "last_name": person.family,
        "full_name": person.full_name,
        name_of_followers: person.twitter_id % 4999,
        "headline": f"{person.job.title} at {person.company}" if is_employed else "Open to work",
        "is_creator": False,
        "is_influencer": False,
        "is_premium": draw.chance(0.3),
        "is_verified": draw.chance(0.4),
        "languages": [{"name": "English", "proficiency": ""}],
        "linkedin_url": f"https://www.linkedin.com/in/{public_id}/",
        "location": town.label,
        "profile_id": str(person.twitter_id)[-9:],
        "profile_image_url": "https://media.example.com/p?e=1790000000",
        "public_id": public_id,
        "school": "Example University",
        "state": town.state,
        "urn": f"ACoAA{person.id.replace('-', '')[:20].upper()}",
        **_employer(person, is_employed=is_employed),
    }
    return finding.without(record, _OPTIONAL, empty="")


def _employer(person: Person, *, is_employed: bool) -> dict[str, Any]:
    """The company of the current job; all members are empty between jobs."""
    year, month = person.since
    page = f"https://www.linkedin.com/company/{slug(person.company)}"
    block = {
        "company": person.company,
        "company_description": "",
        "company_domain": f"www.{person.domain}",
        "company_employee_count": 120,
        "company_employee_range": "51-200",
        "company_industry": "Machinery Manufacturing",
        "company_linkedin_url": page,
        "company_logo_url": "",
        "company_website": f"http://www.{person.domain}",
        "company_year_founded": year - 20,
        "current_company_join_month": month,
        "current_company_join_year": year,
        "current_job_duration": f"{2026 - year} yrs",
        "hq_city": "",
        "hq_country": "US",
        "hq_region": "",
        "job_title": person.job.title,
    }
    return block if is_employed else dict.fromkeys(block, "")


def _experiences(person: Person, *, is_employed: bool) -> list[dict[str, Any]]:
    year, month = person.since
    before = _experience(person.earlier_company, person.earlier_job.title, (year - 4, 1), (year, month))
    current = _experience(person.company, person.job.title, person.since, None)
    return [current, before] if is_employed else [before]


def _experience(company: str, title: str, start: tuple[int, int], end: tuple[int, int] | None) -> dict[str, Any]:
    """One position; without an end it is a current one."""
    last = f"{_MONTHS[end[1] - 1]} {end[0]}" if end else "Present"
    return {
        "company": company,
        "company_id": "",
        "company_linkedin_url": f"https://www.linkedin.com/company/{slug(company)}",
        "company_logo_url": "",
        "date_range": f"{_MONTHS[start[1] - 1]} {start[0]} - {last}",
        "description": "",
        "duration": "",
        "end_month": end[1] if end else "",
        "end_year": end[0] if end else "",
        "is_current": end is None,
        "job_type": "",
        "location": "",
        "skills": "",
        "start_month": start[1],
        "start_year": start[0],
        "title": title,
    }


def _education(person: Person) -> dict[str, Any]:
    end = 2026 - person.age + 22
    return {
        "activities": "",
        "date_range": f"{end - 4} - {end}",
        "degree": "BSc",
        "end_month": "",
        "end_year": end,
        "field_of_study": "Physics",
        "school": "Example University",
        "school_id": "42",
        "school_linkedin_url": "https://www.linkedin.com/company/42/",
        "school_logo_url": "",
        "start_month": "",
        "start_year": end - 4,
    }
