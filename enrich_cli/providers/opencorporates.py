"""OpenCorporates API v0.4: the registration of a company, by its name."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from datetime import UTC, datetime
from fractions import Fraction
from typing import TYPE_CHECKING
from urllib.parse import quote

from msgspec.structs import replace

from enrich_cli.domain.business import Business
from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import NOTHING as EMPTY
from enrich_cli.domain.merge import filled
from enrich_cli.domain.money import Money
from enrich_cli.domain.outcomes import Found, NotFound
from enrich_cli.matching.regions import PROVINCES, state_code
from enrich_cli.providers.addresses import two_letter_country
from enrich_cli.providers.auth import HeaderKey
from enrich_cli.providers.base import Provider
from enrich_cli.providers.companies import company_name
from enrich_cli.providers.errors import OutOfCredit, ProviderError, RateLimited, no_such_path
from enrich_cli.providers.legibility import legible
from enrich_cli.providers.lookup import NOTHING, ONE, Charge, Choose, Lookup, Probe, Request, Requests, Response
from enrich_cli.providers.opencorporates_record import Candidate, business_of, candidates_of, dated
from enrich_cli.providers.reading import count, day, json_list, json_object, known, member, text, unreadable
from enrich_cli.providers.slowdown import Slowdown

if TYPE_CHECKING:
    from enrich_cli.settings import VendorOptions

SEARCH = "/v0.4/companies/search"
ACCOUNT = "/v0.4/account_status"
_HITS = ("results", "companies")
"""Where the companies are in the answer to a search; each is wrapped once more."""
PAUSE = 60.0
"""Seconds to pause at a 429 that does not say how long."""

_SYNTAX = re.compile(r"""['"\\|&()\[\]{}^~*?:;!+\-/<>@#$%,`]""")
"""What has a special meaning in a query."""
_PLAN = re.compile(r"[A-Za-z0-9 _-]{1,40}")


class OpenCorporates(Provider):
    """Documentation: https://api.opencorporates.com/documentation/API-Reference.

    The billing unit is one call from a plan's allowance; whether one that finds nothing counts is not said.
    """

    name = "opencorporates"
    data_type = DataType.BUSINESS
    keys = ("OPENCORPORATES_API_KEY",)
    base_url = "https://api.opencorporates.com"
    rate = "2/1s"
    price = Money.parse("0.51")
    unit = "call"
    hit_price = "1 call, 2 with officers"
    miss_price = "nothing or 1 call, in doubt"
    terms = (
        'Show a visible link "from OpenCorporates" to the record. Data from a free account is under an open database'
        " licence (share-alike); a paid plan allows no large-scale redistribution."
    )
    needs = (frozenset({"company"}),)
    reads = frozenset({"company", "state", "country"})

    def __init__(self) -> None:
        self._slowdown = Slowdown(PAUSE)

    def configured(self, options: VendorOptions) -> OpenCorporates:
        """An instance that has not been slowed down yet."""
        return OpenCorporates()

    def can_ask(self, customer: Customer) -> bool:
        """Does the customer have a company that is not a free mail service?"""
        return company_name(customer) is not None

    def auth(self, *keys: str) -> HeaderKey:
        return HeaderKey("X-API-TOKEN", keys[0])

    def lookup(self, customer: Customer, wanted: frozenset[str], choose: Choose) -> Lookup:
        question = _question(customer)
        if question is None:
            return NotFound()
        response = yield question
        candidates = candidates_of(legible(_records, response), state_code(customer.state or ""))
        if not candidates:
            return NotFound()
        identities = [candidate.identity(question.fields) for candidate in candidates]
        chosen = choose(identities)
        best = chosen or 0
        business = business_of(candidates[best].record)
        found = Found.among(identities, best, business)
        if chosen is not None and "officers" in wanted and not business.officers:
            return (yield from _in_full(found, candidates[best]))
        return found

    def most(self, customer: Customer, wanted: frozenset[str]) -> Fraction:
        return ONE + (ONE if "officers" in wanted else NOTHING)

    def requests(self, wanted: frozenset[str]) -> Requests:
        """The search, then the officers."""
        return Requests(hit=1 + ("officers" in wanted))

    def probe(self) -> Probe:
        response = yield Request(method="GET", path=ACCOUNT, most=NOTHING)
        return _allowance(json_object(response, "results", "account_status"))

    def charged(self, request: Request, response: Response) -> Charge:
        if response.status == 404 or (request.path == SEARCH and not json_list(response, *_HITS)):
            return Charge(in_doubt=ONE)
        return Charge(ONE)

    def error(self, request: Request, response: Response) -> ProviderError | None:
        status = response.status
        if status == 429:
            return self._too_many(response)
        self._slowdown.ended()
        if status < 300 and request.path == SEARCH:
            return unreadable(response, *_HITS, read=json_list)
        if status < 300:
            return unreadable(response, "results", "account_status" if request.path == ACCOUNT else "company")
        if status == 403 and unreadable(response):
            return OutOfCredit(
                "a proxy in front of the provider blocks this address or client, not the key (status 403)"
            )
        if status == 403:
            return OutOfCredit("the plan's allowance of calls is used up (status 403)")
        if status == 404 and (request.path in (SEARCH, ACCOUNT) or unreadable(response)):
            return no_such_path()
        return super().error(request, response)

    def _too_many(self, response: Response) -> ProviderError:
        """Sent too fast, unless a pause has changed nothing: then the plan's allowance is used up."""
        asked = response.retry_after()
        if self._slowdown.outlasts(response.at, asked):
            return OutOfCredit("the plan's allowance of calls is used up (status 429)")
        return RateLimited("too many requests (status 429)", PAUSE if asked is None else asked)


def _question(customer: Customer) -> Request | None:
    """By name, within the country: a firm in one state may be registered only in another."""
    query = " ".join(_SYNTAX.sub(" ", company_name(customer) or "").split())
    if not query:
        return None
    country, by = _country(customer)
    params = {"q": query, "country_code": country, "order": "score", "per_page": "30"}
    return Request(
        method="GET",
        path=SEARCH,
        params={name: value for name, value in params.items() if value},
        fields=by | {"company"},
    )


def _country(customer: Customer) -> tuple[str, frozenset[str]]:
    """The customer's country, derived from the state if necessary, and the customer's field that says so."""
    if country := two_letter_country(customer.country):
        return country.lower(), frozenset({"country"})
    state = state_code(customer.state) if customer.state and not customer.country else None
    if state is None:
        return "", frozenset()
    return "ca" if state in PROVINCES else "us", frozenset({"state"})


def _allowance(account: object) -> str:
    """Plan, calls left and end of the account; each may be missing."""
    plan = text(account, "plan") or ""
    today, month = (count(account, "calls_remaining", span) for span in ("today", "this_month"))
    end = day(account, "expiry_date")
    told = (
        f"plan {plan}" if _PLAN.fullmatch(plan) else None,
        None if today is None else f"{today:,} calls left today",
        None if month is None else f"{month:,} this month",
        f"until {end}" if end else None,
    )
    return ", ".join(known(*told)) or "what is left of the plan is not reported"


def _records(response: Response) -> list[Mapping[str, object]]:
    answered = datetime.fromtimestamp(response.at, UTC).date().isoformat()
    companies = (member(entry, "company") for entry in json_list(response, *_HITS))
    named = (record for record in companies if business_of(record).name and isinstance(record, dict))
    return [dated(record, answered) for record in named]


def _in_full(found: Found, candidate: Candidate) -> Generator[Request, Response, Found]:
    """What was found, with its full record, the only one with officers; unchanged if there is none to be had."""
    number, jurisdiction = text(candidate.record, "company_number"), text(candidate.record, "jurisdiction_code")
    if not number or not jurisdiction:
        return found
    path = f"/v0.4/companies/{quote(jurisdiction, safe='')}/{quote(number, safe='')}"
    try:
        response = yield Request(method="GET", path=path)
    except ProviderError:
        return replace(found, untold=frozenset(Business.__struct_fields__) - filled(found.data))
    if response.status == 404:
        return found
    whole_record = json_object(response, "results", "company")
    told = {name: value for name, value in whole_record.items() if value not in EMPTY}
    whole = Candidate({**candidate.record, **told}, candidate.branches)
    return replace(found, data=business_of(whole.record), identity=whole.identity(found.identity.asked_by))
