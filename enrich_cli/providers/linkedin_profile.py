"""The profile body of FreshData, the vendor behind the RapidAPI listings. An empty value is `""`, seldom null.

There are members for e-mail and phone, but they are always empty; months and years of jobs are of no use to us.
"""

from __future__ import annotations

from enrich_cli.domain.outcomes import Answered, Found, Identity, NotFound, Place
from enrich_cli.domain.social import Profile, Social
from enrich_cli.providers.legibility import legible
from enrich_cli.providers.reading import count, flag, items, known, known_places, text
from enrich_cli.providers.web_addresses import linkedin_handle, linkedin_url


def name_in(data: object) -> str | None:
    """The member's name; a record without one is nobody's."""
    return text(data, "full_name") or " ".join(known(text(data, "first_name"), text(data, "last_name"))) or None


def answered(data: object) -> Answered:
    """The member in a record that was found by the address of the profile."""
    profile = legible(_profile, data)
    if not profile.display_name:
        return NotFound()
    place = _place(data)
    identity = Identity(
        asked_by=frozenset({"linkedin_url"}),
        names=(profile.display_name,),
        companies=_employers(data),
        domains=known(text(data, "company_domain")),
        places=known_places(place),
    )
    return Found(Social(linkedin=profile), identity)


def _profile(data: object) -> Profile:
    handle, url, place = text(data, "public_id"), text(data, "linkedin_url"), _place(data)
    followers = count(data, "follower_count")
    return Profile(
        url=url or (linkedin_url(handle) if handle else None),
        handle=handle or linkedin_handle(url),
        display_name=name_in(data),
        headline=text(data, "headline"),
        bio=text(data, "about"),
        company=next(iter(_employers(data)), None),
        followers=count(data, "followers_count") if followers is None else followers,
        verified=flag(data, "is_verified"),
        location=text(data, "location") or ", ".join(known(place.city, place.state, place.country)) or None,
    )


def _place(data: object) -> Place:
    return Place(city=text(data, "city"), state=text(data, "state"), country=text(data, "country"))


def _employers(data: object) -> tuple[str, ...]:
    """The current employers, the main one first: between two jobs there is none, whatever came before."""
    jobs = (job for job in items(data, "experiences") if flag(job, "is_current"))
    return known(text(data, "company"), *(text(job, "company") for job in jobs))
