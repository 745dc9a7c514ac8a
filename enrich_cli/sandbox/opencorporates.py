"""OpenCorporates v0.4, as its sheet describes it: a search by company name, and the record of a company number."""

from __future__ import annotations

import re
from typing import Any, ClassVar, TypeAlias
from urllib.parse import unquote

from enrich_cli.domain.money import Money
from enrich_cli.sandbox.companies import Business, Place, business_behind
from enrich_cli.sandbox.draw import Draw
from enrich_cli.sandbox.opencorporates_records import DETAILS, Role, number_of, record
from enrich_cli.sandbox.states import STATES
from enrich_cli.sandbox.vendor import HTML, About, Call, Refusals, Refused, Reply, Route, Vendor, as_json

_VERSION = "0.4.8"
_CALLS_A_DAY, _CALLS_A_MONTH = 200, 500
_MOST = 100
_SHORT_LIST = 28
"""The states in which a large company is registered: together with its home they fit on one page."""
_SYNTAX = re.compile(r"""['"|&()\[\]{}^~*?:;!+\-/<>@#$%,`\\]""")
_BLOCKED = b"<html><title>Blocked</title><p>We have seen a higher than expected rate of requests from you.</p></html>"

Reference: TypeAlias = tuple[str, str]
"""Jurisdiction and number."""


class OpenCorporates(Vendor):
    """Charges calls, whatever they find. The sheet does not say whether an empty answer counts: half of them are
    charged.
    """

    name = "opencorporates"
    price = Money.parse("0.51")
    knows = 0.70
    refusals: ClassVar[Refusals] = {
        "no key": (401, "Invalid Api Token. Please check your OpenCorporates account"),
        "401": (401, "Invalid Api Token. Please check your OpenCorporates account"),
        "404path": (404, "Page not found"),
        "429": (429, "Too many requests"),
        "credit": (403, "You have exceeded the number of calls of your plan"),
        "500": (500, "Something went wrong"),
    }

    def build_routes(self) -> dict[tuple[str, str], Route]:
        return {
            ("GET", "/v0.4/companies/search"): self._search,
            ("GET", "/v0.4/companies/{}/{}"): self._company,
            ("GET", "/v0.4/companies/{}/{}/officers"): self._officers,
            ("GET", "/v0.4/account_status"): self._account_status,
        }

    def key_of(self, call: Call) -> str:
        return call.headers.get("X-API-TOKEN") or call.query.get("api_token", "")

    def refusal(self, kind: str, call: Call) -> Reply:
        return Reply(403, _BLOCKED, HTML) if kind == "403" else super().refusal(kind, call)

    def error(self, status: int, words: str) -> Reply:
        return as_json(status, {"error": {"message": words}})

    def _search(self, call: Call) -> Reply:
        query = call.query
        name = " ".join(_SYNTAX.sub(" ", query.get("q", "")).split())
        page, size = self._number(call, "page", 1), self._number(call, "per_page", 30)
        if not name:
            raise Refused(self.error(400, "Search needs a query"))
        jurisdictions = query.get("jurisdiction_code") or query.get("country_code") or "us"
        references = self._references(name, jurisdictions.lower())
        companies = [record(self.seed, *reference) or {} for reference in references]
        if query.get("order") != "score":
            companies.sort(key=lambda company: (company["name"], company["jurisdiction_code"]))
        shown = companies[(page - 1) * size : page * size]
        self.book_unsure(f"{name} {jurisdictions} {page}".casefold(), found=bool(companies))
        results = {
            "companies": [{"company": _without_details(company)} for company in shown],
            "page": page,
            "per_page": size,
            "total_pages": -(-len(companies) // size),
            "total_count": len(companies),
        }
        return _results(results)

    def _company(self, call: Call) -> Reply:
        company = self._found(call, *call.parts[3:5])
        return _results({"company": _without_details(company) if call.query.get("sparse") == "true" else company})

    def _officers(self, call: Call) -> Reply:
        officers = self._found(call, *call.parts[3:5])["officers"] or []
        total = {"page": 1, "per_page": 30, "total_pages": 1, "total_count": len(officers)}
        return _results({"officers": officers, **total})

    def _found(self, call: Call, jurisdiction: str, number: str) -> dict[str, Any]:
        found = record(self.seed, unquote(jurisdiction), unquote(number))
        self.book_unsure(call.path, found=found is not None)
        if found is None:
            raise Refused(self.error(404, "Not found"))
        return found

    def _references(self, name: str, jurisdictions: str) -> list[Reference]:
        """What a search by name finds in these jurisdictions or countries (separated by pipes), likeliest first."""
        asked = jurisdictions.split("|")
        country, _, state = next((each for each in asked if each not in ("us", "us_de")), asked[0]).partition("_")
        business = business_behind(self.seed, name, Place(state=state.upper(), country=country.upper()))
        draw = Draw(self.seed, self.name, business.key)
        about = self.about(draw, business.marks)
        if about is About.NOTHING:
            return []
        if about is About.ANOTHER:
            entries = [(Role.NAMESAKE, _elsewhere(business, draw))]
        else:
            entries = self._entries(business, f"{country}_{state}" if state else country, draw)
        places = asked if len(asked) > 1 or state else [country]
        return [
            (place, number_of(role, business, place)) for role, place in entries if any(map(place.startswith, places))
        ]

    def _entries(self, business: Business, register: str, draw: Draw) -> list[tuple[Role, str]]:
        """The registers that name a company, each with what it has under this name; abroad it is one register alone.

        A firm is registered where it works. If a search names no state, the firm works in all the states of the list:
        registered in one that was drawn, it would be a namesake of the firm that is meant.
        """
        if business.place.country != "US":
            return [(Role.HOME, register), *([(Role.DISSOLVED, register)] if draw.chance(0.15) else [])]
        own = f"us_{business.place.state.lower()}"
        renamed, in_delaware, large = draw.chance(0.05), draw.chance(0.35), draw.chance(0.25)
        if "hit" in business.marks or register == "us":
            in_delaware = large = True
        if renamed and "hit" not in business.marks:
            return [(Role.RENAMED, own)]
        entries = [(Role.HOME, "us_de" if in_delaware else own)]
        if in_delaware and own != "us_de":
            entries.append((Role.BRANCH, own))
        if in_delaware and large:
            states = [f"us_{state.code.lower()}" for state in STATES[:_SHORT_LIST]]
            entries += [(Role.BRANCH, state) for state in states if state != own]
        if draw.chance(0.12):
            entries.append((Role.NAMESAKE, _elsewhere(business, draw)))
        if draw.chance(0.15):
            entries.append((Role.DISSOLVED, own))
        return entries

    def _number(self, call: Call, name: str, default: int) -> int:
        text = call.query.get(name, str(default))
        if not text.isdecimal() or not 1 <= int(text) <= _MOST:
            raise Refused(self.error(400, f"{name} is a number from 1 to {_MOST}"))
        return int(text)

    def _account_status(self, _call: Call) -> Reply:
        used = int(self.account.units)
        status = {
            "plan": "essentials",
            "status": "approved",
            "expiry_date": "2027-03-01",
            "usage": {"today": used, "this_month": used},
            "calls_remaining": {"today": max(_CALLS_A_DAY - used, 0), "this_month": max(_CALLS_A_MONTH - used, 0)},
        }
        return _results({"account_status": status})


def _results(results: dict[str, Any]) -> Reply:
    return as_json(200, {"api_version": _VERSION, "results": results})


def _without_details(company: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in company.items() if name not in DETAILS}


def _elsewhere(business: Business, draw: Draw) -> str:
    """A register far from the business."""
    if business.place.country != "US":
        return business.place.country.lower()
    return f"us_{draw.pick([state.code for state in STATES if state.code != business.place.state]).lower()}"
