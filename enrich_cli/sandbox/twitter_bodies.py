"""What X (Twitter) says about a user, or about there being none, according to its sheet."""

from __future__ import annotations

from typing import Any

from enrich_cli.sandbox.draw import Draw
from enrich_cli.sandbox.person_vendor import Finding

_PROBLEMS = "https://api.twitter.com/2/problems"
_OPTIONAL = ("description", "location", "profile_image_url", "public_metrics", "verified_type")
_KINDS: dict[str, dict[str, object]] = {
    "invalid-request": {"title": "Invalid Request", "detail": "One or more parameters to your request was invalid."},
    "credits": {
        "account_id": 1,
        "title": "CreditsDepleted",
        "detail": "Your enrolled account [1] does not have any credits to fulfill this request.",
    },
    "credits-depleted": {"title": "Payment Required", "detail": "credits depleted", "status": 402},
    "client-forbidden": {
        "title": "Client Forbidden",
        "detail": "This request must be made with an app that belongs to a project or package.",
        "reason": "client-not-enrolled",
        "required_enrollment": "Pay-per-use",
        "registration_url": "https://console.x.example/",
        "client_id": "12345678",
    },
    "unsupported-authentication": {
        "title": "Unsupported Authentication",
        "detail": "Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.",
        "status": 403,
    },
}


def problem(status: int, words: str) -> dict[str, object]:
    """A problem object; `words`: the last part of its type, or the title if it has none."""
    if (kind := _KINDS.get(words)) is None:
        return {"title": words, "type": "about:blank", "status": status, "detail": words}
    return {**kind, "type": f"{_PROBLEMS}/{words}"}


def missing(asked: str, parameter: str, *, is_suspended: bool) -> dict[str, Any]:
    """The error for a user who does not exist, or no longer does; `parameter`: what the question asked by."""
    by = parameter.removesuffix("s")
    return {
        "value": asked,
        "detail": f"User has been suspended: [{asked}]."
        if is_suspended
        else f"Could not find user with {by}: [{asked}].",
        "title": "Forbidden" if is_suspended else "Not Found Error",
        "resource_type": "user",
        "parameter": parameter,
        "resource_id": asked,
        "type": f"{_PROBLEMS}/resource-not-found",
    }


def partial_failure(draw: Draw) -> dict[str, Any]:
    """An error beside a user who was found."""
    tweet = str(draw.number(1, 60_000) * 10**14)
    return {
        "value": tweet,
        "detail": f"Could not find tweet with pinned_tweet_id: [{tweet}].",
        "title": "Not Found Error",
        "resource_type": "tweet",
        "parameter": "pinned_tweet_id",
        "resource_id": tweet,
        "type": f"{_PROBLEMS}/resource-not-found",
    }


def user(finding: Finding, handle: str, name: str, number: str) -> dict[str, Any]:
    """`data` of one user with every available field; unknown ones are left out."""
    person, draw = finding.person, finding.draw
    is_plain = finding.full or draw.chance(0.85)
    has_site = finding.full or draw.chance(0.7)
    paid = draw.chance(0.3)
    record = {
        "id": number,
        "name": name if is_plain else f"{name} \N{WATER WAVE}",
        "username": handle.title() if draw.chance(0.5) else handle,
        "created_at": f"{draw.day(draw.number(2008, 2024))}T04:35:55.000Z",
        "description": f"{person.job.title} in {person.town.city}.{'' if is_plain else chr(10) + 'Views my own.'}",
        "location": f"{person.town.city}, {person.town.state_code}" if is_plain else "right behind you",
        "protected": not finding.full and draw.chance(0.05),
        "verified": paid,
        "verified_type": "blue" if paid else "none",
        "profile_image_url": f"https://img.example.com/{person.twitter}_normal.jpg",
        "public_metrics": {
            "followers_count": person.twitter_followers,
            "following_count": person.twitter_id % 211,
            "tweet_count": person.twitter_id % 1999,
            "listed_count": person.twitter_id % 13,
            "like_count": person.twitter_id % 53,
            "media_count": person.twitter_id % 7,
        },
    }
    short = f"https://t.co/{draw.uuid()[:10]}"
    link = {"start": 0, "end": len(short), "url": short, "expanded_url": person.site}
    link["display_url"] = person.site.removeprefix("https://")
    site = {"url": short, "entities": {"url": {"urls": [link]}}} if has_site else {}
    known = finding.without(record, _OPTIONAL)
    return {**{field: value for field, value in known.items() if value is not None}, **site}
