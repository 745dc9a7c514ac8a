"""Clearbit person enrichment v2: the person behind an e-mail address."""

from __future__ import annotations

import re
from contextlib import suppress
from fractions import Fraction

from msgspec.structs import replace

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.money import Money
from enrich_cli.domain.outcomes import NotFound
from enrich_cli.providers.auth import HeaderKey, bearer
from enrich_cli.providers.base import Provider
from enrich_cli.providers.clearbit_shape import answered
from enrich_cli.providers.errors import NotAccepted, ProviderError, RateLimited, StillPending, no_such_path
from enrich_cli.providers.lookup import FREE, NOTHING, ONE, Charge, Choose, Lookup, Probe, Request, Response
from enrich_cli.providers.polling import ready
from enrich_cli.providers.reading import json_object, json_or_none, number, text, unreadable

PATH = "/v2/people/find"
POLLS = (2.0, 4.0, 8.0, 16.0)
"""Seconds before each repeat; the help pages give seconds in one place and minutes in another."""
PAUSE = 60.0
"""Seconds to pause if the vendor does not say how long: its limit counts by the minute."""
SHORTEST_PAUSE = 1.0
"""Seconds to pause if, by its clock, the limit has already been reset."""

_ROLE = re.compile(
    "(abuse|accounting|accounts|admin|billing|careers|contact|customerservice|enquiries|feedback|finance|hello|help"
    "|helpdesk|hostmaster|hr|info|inquiries|it|jobs|legal|mail|marketing|media|news|newsletter|no-?reply|noc|office"
    "|orders|postmaster|press|privacy|reception|sales|security|service|support|team|webmaster|welcome)"
    "([+].*)?@.*"
)
"""Mailboxes of a function rather than a person; the vendor refuses them as invalid input."""


class Clearbit(Provider):
    """Documentation: https://dashboard.clearbit.com/docs and https://help.clearbit.com. No new keys are sold.

    Misses cost as much as hits; an e-mail is charged once, so repeating a question is free.
    """

    name = "clearbit"
    data_type = DataType.PERSON
    keys = ("CLEARBIT_API_KEY",)
    base_url = "https://person.clearbit.com"
    rate = "600/1m"
    price = Money.parse("0.10")
    unit = "lookup"
    hit_price = "1 lookup"
    miss_price = "1 lookup"
    needs = (frozenset({"email"}),)
    reads = frozenset({"email", "name", "first_name", "last_name"})

    def auth(self, *keys: str) -> HeaderKey:
        return bearer(keys[0])

    def lookup(self, customer: Customer, wanted: frozenset[str], choose: Choose) -> Lookup:
        request = _question(customer)
        repeat = replace(request, most=NOTHING)
        response = yield from ready(request, repeat, POLLS)
        if response.status == 202:
            response = yield replace(repeat, params={**request.params, "cached": "true"}, poll_after=0.0)
            # The cache may know nobody while the search itself is still going on: that is no miss.
            if response.status in (202, 404):
                raise StillPending("still queued")
        if response.status >= 400:
            return NotFound()
        return answered(json_object(response), asked_by="email")

    def most(self, customer: Customer, wanted: frozenset[str]) -> Fraction:
        return ONE

    def probe(self) -> Probe:
        """A question without an e-mail: the key is checked first, and a refused question is not counted."""
        with suppress(NotAccepted):
            yield Request(method="GET", path=PATH, most=NOTHING)
        return "what is left of the plan is not reported"

    def charged(self, request: Request, response: Response) -> Charge:
        if request.poll_after is None and response.status in (200, 201, 202, 404):
            return Charge(ONE)
        return FREE

    def error(self, request: Request, response: Response) -> ProviderError | None:
        status = response.status
        if status == 202:
            return None
        if status < 300:
            return unreadable(response)
        if status == 404:
            return _wrong_address(response)
        if status in (400, 422) and _ROLE.fullmatch(request.params.get("email", "")):
            return None
        if status == 429:
            return RateLimited("too many requests (status 429)", _pause(response))
        return super().error(request, response)


def _question(customer: Customer) -> Request:
    """Only e-mail and name: the other fields barely change the answer and are not the vendor's business."""
    given, family, fields = _name(customer)
    params = {"email": customer.email, "given_name": given, "family_name": family}
    return Request(
        method="GET",
        path=PATH,
        params={name: value for name, value in params.items() if value},
        headers={"accept": "application/json", "api-version": "2019-12-19"},
        fields=fields | {"email"},
    )


def _name(customer: Customer) -> tuple[str | None, str | None, frozenset[str]]:
    """Given and family name, and the customer's fields that they come from."""
    name = customer.name or ""
    words = name.split()
    if not (customer.first_name and customer.last_name) and len(words) > 1 and "," not in name:
        return words[0], words[-1], frozenset({"name"})
    parts = {"first_name": customer.first_name, "last_name": customer.last_name}
    return customer.first_name, customer.last_name, frozenset(field for field, value in parts.items() if value)


def _wrong_address(response: Response) -> ProviderError | None:
    """A 404 that says nothing about a person; None if it is a miss."""
    if text(json_or_none(response), "error", "type") == "unknown_route" or unreadable(response):
        return no_such_path()
    return None


def _pause(response: Response) -> float:
    """Seconds until `X-RateLimit-Reset`, which is a time (epoch seconds), not a span."""
    reset = number(response.headers.get("x-ratelimit-reset"))
    if reset is not None:
        return max(reset - response.at, SHORTEST_PAUSE)
    return response.pause(PAUSE)
