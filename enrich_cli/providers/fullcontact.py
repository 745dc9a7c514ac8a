"""FullContact V3 person enrich: one person by e-mail, phone, social profile, or name with postal address."""

from __future__ import annotations

import re
from fractions import Fraction

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.money import Money
from enrich_cli.domain.outcomes import NotFound
from enrich_cli.providers.addresses import without_town
from enrich_cli.providers.auth import HeaderKey, bearer
from enrich_cli.providers.base import Provider
from enrich_cli.providers.errors import (
    BadAnswer,
    InvalidCredentials,
    OutOfCredit,
    ProviderError,
    RateLimited,
    StillPending,
    no_such_path,
)
from enrich_cli.providers.fullcontact_profile import answered
from enrich_cli.providers.handles import twitter_handle
from enrich_cli.providers.lookup import FREE, NOTHING, ONE, Charge, Choose, Lookup, Probe, Request, Response
from enrich_cli.providers.phones import e164
from enrich_cli.providers.polling import ready
from enrich_cli.providers.reading import count, day, json_object, json_or_none, text, unreadable
from enrich_cli.providers.web_addresses import linkedin_handle, linkedin_url

_STATS = "/v3/stats.get"
POLLS = (5.0, 15.0, 40.0, 60.0)
"""Seconds before each repeat: the vendor speaks of about two minutes."""
PAUSE = 1.0
"""Seconds to pause at a 429: the vendor itself says that retrying after one second is fine."""

_ADDRESS = ("address", "city", "state", "postal_code", "country")


class FullContact(Provider):
    """Documentation: https://docs.fullcontact.com/docs/multi-field-request.

    A hit costs one match; its sources don't say whether a miss costs one too.
    """

    name = "fullcontact"
    data_type = DataType.PERSON
    keys = ("FULLCONTACT_API_KEY",)
    base_url = "https://api.fullcontact.com"
    rate = "400/1m"
    price = Money.parse("0.05")
    unit = "match"
    hit_price = "1 match"
    miss_price = "nothing or 1 match, in doubt"
    needs = (
        frozenset({"email"}),
        frozenset({"phone"}),
        frozenset({"linkedin_url"}),
        frozenset({"twitter"}),
        frozenset({"name", "address", "postal_code"}),
        frozenset({"name", "address", "city", "state"}),
    )
    reads = frozenset({"email", "phone", "linkedin_url", "twitter", "name", "first_name", "last_name", *_ADDRESS})

    def can_ask(self, customer: Customer) -> bool:
        """Is there anything to ask by, apart from invalid phones and profile addresses?"""
        return bool(_question(customer).json)

    def auth(self, *keys: str) -> HeaderKey:
        return bearer(keys[0])

    def lookup(self, customer: Customer, wanted: frozenset[str], choose: Choose) -> Lookup:
        request = _question(customer)
        response = yield from ready(request, request, POLLS)
        if response.status == 202:
            raise StillPending("still queued")
        if response.status == 404:
            return NotFound()
        return answered(json_object(response), customer, request)

    def most(self, customer: Customer, wanted: frozenset[str]) -> Fraction:
        return ONE

    def probe(self) -> Probe:
        """The matches used in the contract's period. Call it rarely: its predecessor allowed 30 calls an hour."""
        response = yield Request(method="POST", path=_STATS, json={"stats": ["person"]}, most=NOTHING)
        return _matches(json_object(response))

    def charged(self, request: Request, response: Response) -> Charge:
        if response.status == 200:
            return Charge(ONE)
        return Charge(in_doubt=ONE) if response.status == 404 else FREE

    def error(self, request: Request, response: Response) -> ProviderError | None:
        status = response.status
        if status == 202:
            return None
        if status < 300:
            return unreadable(response)
        if status == 404 and request.path == _STATS:
            return BadAnswer("there is no account information at this address (status 404)")
        if status == 404:
            return _wrong_address(response)
        if status == 403:
            return _forbidden(response)
        if status == 429:
            return RateLimited("too many requests (status 429)", response.pause(PAUSE))
        return super().error(request, response)


def _question(customer: Customer) -> Request:
    """All identifiers at once, since more of them raise the match rate. Missing ones are not sent."""
    members: dict[str, object] = {}
    fields: set[str] = set()
    if customer.email:
        members["email"] = customer.email
        fields.add("email")
    if customer.phone and (phone := e164(customer.phone, customer.country)):
        members["phone"] = phone
        fields.add("phone")
    profiles: list[dict[str, str]] = []
    if handle := linkedin_handle(customer.linkedin_url):
        profiles.append({"url": linkedin_url(handle)})
        fields.add("linkedin_url")
    if handle := twitter_handle(customer.twitter):
        profiles.append({"service": "twitter", "username": handle})
        fields.add("twitter")
    if profiles:
        members["profiles"] = profiles
    name, location = _name(customer), _location(customer)
    if name and location:
        members |= {"name": name, "location": location}
        fields |= {"first_name", "last_name"} if "given" in name else {"name"}
        fields |= {field for field in _ADDRESS if getattr(customer, field)}
    return Request(method="POST", path="/v3/person.enrich", json=members, fields=frozenset(fields))


def _name(customer: Customer) -> dict[str, str]:
    if customer.first_name and customer.last_name:
        return {"given": customer.first_name, "family": customer.last_name}
    return {"full": customer.name} if customer.name else {}


def _location(customer: Customer) -> dict[str, str]:
    """The postal address; empty unless it has a street, and a postal code or city and state."""
    if not customer.address or not (customer.postal_code or (customer.city and customer.state)):
        return {}
    state = customer.state or ""
    is_code = len(state) == 2 and state.isalpha()
    location = {
        "addressLine1": without_town(customer.address, customer.city),
        "city": customer.city,
        "regionCode" if is_code else "region": state.upper() if is_code else state,
        "postalCode": customer.postal_code,
        "country": customer.country,
    }
    return {member: value for member, value in location.items() if value}


def _matches(stats: object) -> str:
    """How many of the contract's matches are used. A quota of 0 or null means none: matches are billed as they come."""
    matches = ("stats", "person", "enrichment", "matches")
    used, quota, end = count(stats, *matches, "count"), count(stats, *matches, "quota"), day(stats, "period", "end")
    if used is None:
        return "what is left of the contract is not reported"
    until = f" until {end}" if end else ""
    return f"{used:,} of {quota:,} matches used{until}" if quota else f"{used:,} matches used{until}, without a quota"


def _wrong_address(response: Response) -> ProviderError | None:
    """A 404 that says nothing about a person; None if it is a miss."""
    message = text(json_or_none(response), "message") or ""
    if message.lower().startswith("endpoint") or unreadable(response):
        return no_such_path()
    return None


def _forbidden(response: Response) -> ProviderError:
    """One status with three meanings: only the words of its message tell them apart."""
    words = set(re.findall(r"[a-z]+", (text(json_or_none(response), "message") or "").lower()))
    if words & {"missing", "invalid"}:
        return InvalidCredentials("the key was refused (status 403)")
    if "rate" in words:
        return RateLimited("too many requests (status 403)", response.retry_after())
    if words & {"usage", "quota", "limit", "limits", "plan"}:
        return OutOfCredit("the allowance of matches is used up (status 403)")
    return InvalidCredentials("the key was refused (status 403)")
