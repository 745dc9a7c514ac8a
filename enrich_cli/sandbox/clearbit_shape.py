"""The beginning of Clearbit's records, and of Hunter's, which copied their shape."""

from __future__ import annotations

from typing import Any

from enrich_cli.sandbox.people import Person


def who_and_where(person: Person, email: str) -> dict[str, Any]:
    """The members of a record up to `geo`."""
    town = person.town
    return {
        "id": person.id,
        "name": {"fullName": person.full_name, "givenName": person.given, "familyName": person.family},
        "email": email,
        "location": town.label,
        "timeZone": town.time_zone,
        "utcOffset": town.utc_offset,
        "geo": {
            "city": town.city,
            "state": town.state,
            "stateCode": town.state_code,
            "country": "United States",
            "countryCode": "US",
            "lat": town.latitude,
            "lng": town.longitude,
        },
    }
