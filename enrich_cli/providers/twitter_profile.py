"""The user body of X. Whatever a profile lacks is left out; name, bio and location are free text."""

from __future__ import annotations

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.outcomes import Answered, Found, Identity, NotFound, Place
from enrich_cli.domain.social import Profile, Social
from enrich_cli.matching.companies import compare_companies
from enrich_cli.matching.regions import country_code, state_code
from enrich_cli.providers.legibility import legible
from enrich_cli.providers.reading import count, flag, items, known, text
from enrich_cli.providers.web_addresses import linkedin_handle


def answered(data: object, customer: Customer) -> Answered:
    """The user in a body, found by handle; not found if it has neither name nor handle."""
    profile = legible(_profile, data)
    if not (profile.handle or profile.display_name):
        return NotFound()
    website = profile.website
    on_linkedin = linkedin_handle(website) is not None
    identity = Identity(
        asked_by=frozenset({"twitter"}),
        names=known(profile.display_name),
        companies=_employer(profile.bio, customer),
        domains=known(website) if not on_linkedin else (),
        places=_places(profile.location),
        linkedin=known(website) if on_linkedin else (),
    )
    return Found(Social(twitter=profile), identity)


def _profile(data: object) -> Profile:
    handle = text(data, "username")
    return Profile(
        url=f"https://x.com/{handle}" if handle else None,
        handle=handle,
        display_name=text(data, "name"),
        bio=text(data, "description"),
        website=_website(data),
        followers=count(data, "public_metrics", "followers_count"),
        verified=_verified(data),
        location=text(data, "location"),
    )


def _website(data: object) -> str | None:
    """The profile's link in full; `url` is only X's own short form of it."""
    links = (text(link, "expanded_url") for link in items(data, "entities", "url", "urls"))
    return next((link for link in links if link), None)


def _verified(data: object) -> bool | None:
    verified, kind = flag(data, "verified"), text(data, "verified_type")
    return kind.lower() != "none" if verified is None and kind else verified


def _employer(bio: str | None, customer: Customer) -> tuple[str, ...]:
    """The bio, if it names the customer's company; if it does not, that is no evidence of another employer."""
    agrees = compare_companies(customer, Identity(companies=known(bio)))
    return known(bio) if agrees and agrees.bits > 0 else ()


def _places(location: str | None) -> tuple[Place, ...]:
    """The place in a location such as `Springfield, IL` or `Leeds, UK`; none if it may as well be a joke."""
    parts = [part.strip() for part in (location or "").split(",")]
    country = state = None
    if len(parts) > 1 and country_code(parts[-1]) and not state_code(parts[-1]):
        country = parts.pop()
    if (len(parts) > 1 or country) and state_code(parts[-1]):
        state = parts.pop()
    if len(parts) > 1 or not (country or state):
        return ()
    return (Place(city=next(iter(parts), None), state=state, country=country),)
