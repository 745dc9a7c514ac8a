"""LinkedIn profiles by their address, through a listing on RapidAPI: LinkedIn itself sells no lookups."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.money import Money
from enrich_cli.providers.auth import HeaderKey
from enrich_cli.providers.base import Provider
from enrich_cli.providers.errors import BadAnswer, InvalidCredentials, OutOfCredit, ProviderError, RateLimited
from enrich_cli.providers.linkedin_profile import answered, name_in
from enrich_cli.providers.lookup import NOTHING, ONE, Charge, Choose, Lookup, Probe, Request, Response
from enrich_cli.providers.reading import flag, json_object, json_or_none, number, text, unreadable
from enrich_cli.providers.web_addresses import linkedin_handle, linkedin_url

if TYPE_CHECKING:
    from enrich_cli.settings import VendorOptions

HOST, PATH = "web-scraping-api2.p.rapidapi.com", "/get-personal-profile"
"""The listing that is asked by default."""
NO_PATH = "/no-such-path/of-this-listing"
"""The gateway checks key and subscription before the path, so asking for a path that does not exist is free."""
PAUSE = 60.0
"""Seconds to pause if the listing does not say how long: its limit counts by the minute."""
SHORTEST_PAUSE = 1.0
"""Seconds to pause if the limit has already been reset."""
_FIRST_EPOCH = 10**9
"""A larger reset is a time in epoch seconds, a smaller one a span in seconds: both are documented."""

_EXTRAS = (
    "include_skills",
    "include_certifications",
    "include_publications",
    "include_honors",
    "include_volunteers",
    "include_projects",
    "include_patents",
    "include_courses",
    "include_organizations",
    "include_profile_status",
    "include_company_public_url",
)
"""Options that each cost another credit if true; none is needed."""


class LinkedIn(Provider):
    """Documentation: https://fdocs.info (FreshData); gateway: https://docs.rapidapi.com.

    A found profile costs one unit; whether a miss costs one too is not published. `host` and `path` choose the listing;
    its host is sent in `X-RapidAPI-Host`, wherever the requests go.
    """

    name = "linkedin"
    data_type = DataType.SOCIAL
    keys = ("RAPIDAPI_KEY",)
    rate = "20/1m"
    price = Money.parse("0.02")
    unit = "profile"
    hit_price = "1 profile"
    miss_price = "nothing or 1 profile, in doubt"
    timeout = 60.0
    latency = 3.5
    needs = (frozenset({"linkedin_url"}),)
    reads = frozenset({"linkedin_url"})

    def __init__(self, host: str = HOST, path: str = PATH) -> None:
        self.base_url = f"https://{host}"
        self._host = host
        self._path = path

    def configured(self, options: VendorOptions) -> LinkedIn:
        """With the listing of `LINKEDIN_HOST` and `LINKEDIN_PATH`."""
        return LinkedIn(options.linkedin_host or HOST, options.linkedin_path or PATH)

    def can_ask(self, customer: Customer) -> bool:
        """Is there a person's address? Addresses of companies, schools and searches are not."""
        return linkedin_handle(customer.linkedin_url) is not None

    def auth(self, *keys: str) -> HeaderKey:
        return HeaderKey("X-RapidAPI-Key", keys[0])

    def lookup(self, customer: Customer, wanted: frozenset[str], choose: Choose) -> Lookup:
        response = yield Request(
            method="GET",
            path=self._path,
            params={"linkedin_url": linkedin_url(linkedin_handle(customer.linkedin_url) or "")}
            | dict.fromkeys(_EXTRAS, "false"),
            headers={"x-rapidapi-host": self._host},
            fields=frozenset({"linkedin_url"}),
        )
        return answered(_record(response))

    def most(self, customer: Customer, wanted: frozenset[str]) -> Fraction:
        return ONE

    def probe(self) -> Probe:
        """A path that does not exist: the answer shows only key and subscription."""
        yield Request(method="GET", path=NO_PATH, headers={"x-rapidapi-host": self._host}, most=NOTHING)
        return "subscribed, as far as can be seen; what is left of the plan is not reported"

    def charged(self, request: Request, response: Response) -> Charge:
        return Charge(ONE) if name_in(_record(response)) else Charge(in_doubt=ONE)

    def error(self, request: Request, response: Response) -> ProviderError | None:
        status = response.status
        said = _said(response)
        if status < 300:
            return unreadable(response, read=_record)
        if status == 403 and "not subscribed" in said:
            return InvalidCredentials(f"the key is not subscribed to {self._host} (status 403)")
        if status == 404 and request.path == NO_PATH and _knows_no_path(said):
            return None
        if status == 404:
            return self._wrong_address(response, said)
        if status == 429:
            return _slowed(response, said)
        return super().error(request, response)

    def _wrong_address(self, response: Response, said: str) -> ProviderError | None:
        """A 404 of the gateway, which says nothing about a person; None if it is a miss."""
        if response.headers.get("x-rapidapi-proxy-response", "").lower() == "true" or _is_from_the_gateway(said):
            return InvalidCredentials(
                f"{self._host} has no such path (status 404): check LINKEDIN_HOST and LINKEDIN_PATH"
            )
        return unreadable(response)


def _record(response: Response) -> dict[str, Any]:
    """The record in an answer; empty if it is a miss, in whichever way the vendor says so. Raises BadAnswer."""
    if response.status == 404:
        return {}
    body = json_object(response)
    if flag(body, "success") is False:
        raise BadAnswer("the listing serves no profiles: check LINKEDIN_HOST and LINKEDIN_PATH")
    if (text(body, "message") or "ok").lower() != "ok":
        return {}
    return json_object(response, "data")


def _said(response: Response) -> str:
    """The message of an error in lower case; the gateway sometimes calls it `messages`."""
    body = json_or_none(response)
    return (text(body, "message") or text(body, "messages") or "").lower()


def _is_from_the_gateway(said: str) -> bool:
    """The texts of a 404 for a path or host that the gateway does not know."""
    return _knows_no_path(said) or said.startswith("api doesn't exist")


def _knows_no_path(said: str) -> bool:
    return said.startswith("endpoint") and "not exist" in said


def _slowed(response: Response, said: str) -> ProviderError:
    """One status with two meanings: the plan is used up, or requests come too fast."""
    left = number(response.headers.get("x-ratelimit-credits-remaining"))
    if "quota" in said or (left is not None and left <= 0):
        return OutOfCredit("the allowance of the plan is used up (status 429)")
    return RateLimited("too many requests (status 429)", _pause(response))


def _pause(response: Response) -> float:
    reset = number(response.headers.get("x-ratelimit-reset"))
    if reset is None:
        return response.pause(PAUSE)
    return max(reset - response.at if reset > _FIRST_EPOCH else reset, SHORTEST_PAUSE)
