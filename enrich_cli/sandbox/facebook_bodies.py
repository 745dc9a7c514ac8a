"""What Facebook says about a Page, and its errors, according to the sheet."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from enrich_cli.sandbox.draw import Draw
from enrich_cli.sandbox.pages import Page

BASIC = frozenset({"id", "name", "location", "link", "verification_status", "is_unclaimed"})
"""All that a search shows."""
FIELDS = BASIC | frozenset(
    (
        *("about", "bio", "category", "emails", "fan_count", "followers_count", "phone", "single_line_address"),
        *("username", "website"),
    )
)
_LEFT_OUT = {
    "about": 0.1, "bio": 0.7, "category": 0.05, "emails": 0.2, "fan_count": 0.1, "followers_count": 0.1,
    "location": 0.5, "phone": 0.2, "username": 0.1, "verification_status": 0.1, "website": 0.1,
}  # fmt: skip
"""Field → how often a Page lacks it."""
_TRANSIENT = frozenset({"1", "2", "4"})


def page_body(page: Page, draw: Draw, *, full: bool) -> dict[str, Any]:
    """Every field that a Page has. Empty ones are left out, and with `full` no others."""
    place = page.place
    body = {
        "id": page.id,
        "name": page.name if full or draw.chance(0.9) else f"{page.name}, Inc.",
        "username": page.username,
        "about": f"{page.name} since {page.founded}",
        "bio": f"Serving {place.city}",
        "category": page.category,
        "link": f"https://www.facebook.com/{page.username}/",
        "fan_count": page.followers * 9 // 10,
        "followers_count": page.followers,
        "verification_status": "blue_verified" if page.verified else "not_verified",
        "website": _website(page.domain, 0.0 if full else draw.share()),
        "emails": [f"info@{page.domain}"],
        "phone": page.phone,
        "location": {
            "street": place.street,
            "city": place.city,
            "state": place.state,
            "country": "United States",
            "zip": place.postal_code,
        },
        "single_line_address": f"{place.street}, {place.city}, {place.state}, United States",
        "is_unclaimed": page.kind == "fans",
    }
    absent = set() if full else {name for name, odds in _LEFT_OUT.items() if draw.chance(odds)}
    if "location" in absent:
        absent.add("single_line_address")
    if not page.domain:
        absent.update(("website", "emails"))
    return {name: value for name, value in body.items() if name not in absent}


def _website(domain: str, share: float) -> str:
    """Free text, as its owner typed it; `share` decides how."""
    if share < 0.7:
        return f"http://www.{domain}/"
    return f"www.{domain}" if share < 0.85 else f"http://www.{domain} http://shop.{domain}"


def paged(data: list[dict[str, Any]], path: str, query: Mapping[str, str], limit: int) -> dict[str, Any]:
    """One page of a list: `limit` of its members, after the query's cursor."""
    start = _place(query.get("after", ""))
    end = start + limit
    if not data[start:end]:
        return {"data": []}
    paging: dict[str, Any] = {"cursors": {"before": _cursor(start), "after": _cursor(end)}}
    if end < len(data):
        # As the vendor writes it, including the access token.
        paging["next"] = f"https://graph.facebook.com{path}?{urlencode({**query, 'after': _cursor(end)})}"
    return {"data": data[start:end], "paging": paging}


def _cursor(place: int) -> str:
    return base64.b64encode(f"place:{place}".encode()).decode()


def _place(cursor: str) -> int:
    """Where a cursor points; the start if it is missing or invalid."""
    try:
        return max(0, int(base64.b64decode(cursor).decode().removeprefix("place:")))
    except ValueError:
        return 0


def error_body(codes: str, message: str, trace: str) -> dict[str, Any]:
    """The error object; `codes`: a code, or code and subcode with a slash between them."""
    code, _, subcode = codes.partition("/")
    error: dict[str, Any] = {
        "message": f"(#{code}) {message}" if code in ("4", "10", "803") else message,
        "type": "GraphMethodException" if subcode else "OAuthException",
        "code": int(code),
        "fbtrace_id": trace,
    }
    if subcode:
        error["error_subcode"] = int(subcode)
    if code in _TRANSIENT:
        error["is_transient"] = "validating" not in message
    return {"error": error}
