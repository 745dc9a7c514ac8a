"""How the vendors are asked about a row of a CSV file."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

_PLACE = (
    "id displayName formattedAddress types businessStatus googleMapsUri nationalPhoneNumber internationalPhoneNumber"
    " websiteUri rating userRatingCount priceLevel regularOpeningHours reviews"
)
_USER = "created_at,description,location,name,public_metrics,url,username,verified"


class Asked(NamedTuple):
    method: str
    url: str
    headers: dict[str, str]
    params: Mapping[str, str] = MappingProxyType({})
    json: dict[str, Any] | None = None


def request(vendor: str, base_url: str, row: dict[str, str]) -> Asked:
    match vendor:
        case "clearbit":
            given, _, family = row["name"].partition(" ")
            params = {"email": row["email"], "given_name": given, "family_name": family}
            return Asked("GET", f"{base_url}/v2/people/find", {"Authorization": "Bearer bench"}, params)
        case "google_places":
            text = f"{row['company']}, {row['address']}, {row['city']}, {row['state']}"
            mask = ",".join(f"places.{field}" for field in _PLACE.split())
            headers = {"X-Goog-Api-Key": "bench", "X-Goog-FieldMask": mask}
            return Asked("POST", f"{base_url}/v1/places:searchText", headers, json={"textQuery": text, "pageSize": 5})
        case "twitter":
            url = f"{base_url}/2/users/by/username/{row['twitter']}"
            return Asked("GET", url, {"Authorization": "Bearer bench"}, {"user.fields": _USER})
        case "attom":
            params = {"address1": row["address"], "address2": f"{row['city']}, {row['state']}"}
            return Asked("GET", f"{base_url}/propertyapi/v1.0.0/property/expandedprofile", {"apikey": "bench"}, params)
    raise ValueError(vendor)
