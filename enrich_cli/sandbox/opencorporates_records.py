"""The company records of OpenCorporates, according to its sheet: what registers say about a legal entity."""

from __future__ import annotations

import base64
from enum import IntEnum
from typing import Any

from enrich_cli.sandbox.companies import Business, Place, business_behind
from enrich_cli.sandbox.draw import Draw
from enrich_cli.sandbox.states import State, state_called
from enrich_cli.sandbox.words import FAMILY_NAMES, GIVEN_NAMES

DETAILS = (
    *("agent_name", "agent_address", "number_of_employees", "alternative_names", "industry_codes", "identifiers"),
    *("home_company", "corporate_groupings", "filings", "data", "officers"),
)
"""What a search leaves out."""
_TYPES = {
    "LLC": "Limited Liability Company", "INC": "Domestic Business Corporation", "CORP": "Corporation",
    "LTD": "Private Limited Company", "PLC": "Public Limited Company",
}  # fmt: skip
_SEPARATORS = ("", "-", " ", "/")
_AGENT = "EXAMPLE AGENTS INC"
_RETRIEVED = "2026-09-28T00:00:00+00:00"


class Role(IntEnum):
    """How a record belongs to the company that was asked for."""

    HOME = 0
    BRANCH = 1
    """The same company, registered in another state as a foreign one."""
    DISSOLVED = 2
    """An earlier company with this name, which no longer exists."""
    NAMESAKE = 3
    """Somebody else's company with this name."""
    RENAMED = 4
    """A company that once had this name."""


def number_of(role: Role, business: Business, jurisdiction: str) -> str:
    """A company number, from which `record` recovers what it stands for."""
    encoded = base64.b32encode(business.whole_name.encode()).decode().rstrip("=")
    return f"{role:02}{_separator(jurisdiction)}{encoded}"


def record(seed: int, jurisdiction: str, number: str) -> dict[str, Any] | None:
    """The whole record for a number, including officers; None for a number that is not in this register."""
    separator = _separator(jurisdiction)
    try:
        role = Role(int(number[:2]))
        encoded = number[2:].removeprefix(separator)
        name = base64.b32decode(encoded + "=" * (-len(encoded) % 8)).decode()
    except ValueError:
        return None
    if not name or not number[2:].startswith(separator):
        return None
    state = _state_of(jurisdiction)
    place = Place(state=state.code) if state else Place(country=jurisdiction[:2].upper())
    business = business_behind(seed, name, place)
    draw = Draw(seed, "opencorporates", jurisdiction, number)
    full = "hit" in business.marks
    return {
        **_registration(role, business, jurisdiction, number, draw),
        **_address(role, business, jurisdiction, draw, full=full),
        **_details(role, business, jurisdiction, draw, full=full),
    }


def _registration(role: Role, business: Business, jurisdiction: str, number: str, draw: Draw) -> dict[str, Any]:
    dissolved = role is Role.DISSOLVED
    name, previous = business.legal_name, []
    if role is Role.RENAMED:
        previous = [{"company_name": name, "start_date": None, "end_date": "2017-05-02"}]
        name = f"{draw.pick(FAMILY_NAMES)} HOLDINGS {business.legal_form}".upper()
    slug = f"{jurisdiction}/{number.replace(' ', '+').replace('/', '_')}"
    publisher = "Companies House" if jurisdiction == "gb" else "Example Secretary of State"
    return {
        "name": name,
        "company_number": number,
        "jurisdiction_code": jurisdiction,
        "incorporation_date": f"1971{business.founded[4:]}" if dissolved else business.founded,
        "dissolution_date": draw.day(1998) if dissolved else None,
        "company_type": _TYPES.get(business.legal_form),
        "registry_url": f"https://registry.example.com/{slug}",
        "branch": "F" if role is Role.BRANCH else None,
        "branch_status": "branch of an out-of-jurisdiction company" if role is Role.BRANCH else None,
        "inactive": dissolved,
        "current_status": "Dissolved" if dissolved else draw.pick(("Active", "In Good Standing", "Registered")),
        "created_at": "2015-02-01T10:00:00+00:00",
        "updated_at": "2026-09-30T04:11:52+00:00",
        "retrieved_at": _RETRIEVED,
        "opencorporates_url": f"https://opencorporates.com/companies/{slug}",
        "previous_names": previous or draw.pick(([], None)),
        "source": {"publisher": publisher, "url": "https://registry.example.com/", "retrieved_at": _RETRIEVED},
        "restricted_for_marketing": True if jurisdiction == "dk" else None,
        "native_company_number": None,
    }


def _address(role: Role, business: Business, jurisdiction: str, draw: Draw, *, full: bool) -> dict[str, Any]:
    """The registered address: the company's own, or in Delaware and for branches an agent's; sometimes
    there is none.
    """
    place = business.place
    of_agent = role is Role.BRANCH or jurisdiction == "us_de" or (not full and draw.chance(0.25))
    if not full and draw.chance(0.1):
        return {"registered_address": draw.pick(({}, None)), "registered_address_in_full": None}
    country = {"US": "United States", "GB": "United Kingdom"}.get(place.country)
    parts = {
        "street_address": "1 Agents Plaza Suite 100" if of_agent else place.street,
        "locality": place.city or None,
        "region": place.state or None,
        "postal_code": place.postal_code or None,
        "country": country,
    }
    return {"registered_address": parts, "registered_address_in_full": ", ".join(filter(None, parts.values()))}


def _details(role: Role, business: Business, jurisdiction: str, draw: Draw, *, full: bool) -> dict[str, Any]:
    trade, home = business.trade, None
    if role is Role.BRANCH:
        home = {"jurisdiction_code": "us_de", "company_number": number_of(Role.HOME, business, "us_de")}
    code = {"code": trade.sic, "description": trade.description, "code_scheme_id": "us_sic"}
    industry = {"industry_code": {**code, "code_scheme_name": "US SIC", "uid": f"us_sic-{trade.sic}"}}
    trading = {"company_name": business.name.upper(), "type": "trading", "start_date": None}
    has_officers = full or draw.chance(0.8)
    return {
        "agent_name": _AGENT if jurisdiction.startswith("us_") else None,
        "agent_address": None,
        "number_of_employees": None,
        "alternative_names": [trading] if draw.chance(0.3) else None,
        "industry_codes": [industry] if full or draw.chance(0.6) else [],
        "identifiers": [],
        "home_company": home,
        "corporate_groupings": [],
        "filings": [],
        "data": None,
        "officers": _officers(business, draw) if has_officers else draw.pick(([], None)),
    }


def _officers(business: Business, draw: Draw) -> list[dict[str, Any]]:
    positions = ("manager", "member", "agent") if business.legal_form == "LLC" else ("president", "secretary", "agent")
    return [_officer(position, business, draw) for position in positions]


def _officer(position: str, business: Business, draw: Draw) -> dict[str, Any]:
    given, family = draw.pick(GIVEN_NAMES).upper(), draw.pick(FAMILY_NAMES).upper()
    name = f"{family}, {given}" if draw.chance(0.2) else f"{given} {family}"
    number, left = draw.number(1, 60_000), position != "agent" and draw.chance(0.2)
    officer = {
        "id": number,
        "name": _AGENT if position == "agent" else name,
        "position": position,
        "uid": None,
        "start_date": business.founded,
        "end_date": "2023-06-30" if left else None,
        "occupation": None,
        "inactive": left,
        "current_status": None,
        "opencorporates_url": f"https://opencorporates.com/officers/{number}",
    }
    return {"officer": officer}


def _separator(jurisdiction: str) -> str:
    """What a register puts after the first digits of its numbers."""
    return Draw("register", jurisdiction).pick(_SEPARATORS)


def _state_of(jurisdiction: str) -> State | None:
    country, _, code = jurisdiction.partition("_")
    return state_called(code) if country == "us" else None
