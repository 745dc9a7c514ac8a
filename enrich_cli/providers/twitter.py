"""X (Twitter) API v2: the public profile of a known handle, a person's or a company's. It has no search for apps."""

from __future__ import annotations

from fractions import Fraction

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.money import Money
from enrich_cli.domain.outcomes import NotFound
from enrich_cli.providers.auth import HeaderKey, bearer
from enrich_cli.providers.base import Provider
from enrich_cli.providers.errors import (
    BadAnswer,
    InvalidCredentials,
    OutOfCredit,
    ProviderError,
    RateLimited,
    Unavailable,
    no_such_path,
)
from enrich_cli.providers.handles import twitter_handle
from enrich_cli.providers.lookup import FREE, NOTHING, ONE, Charge, Choose, Lookup, Probe, Request, Response
from enrich_cli.providers.reading import LARGEST_EXACT, items, json_object, json_or_none, number, text, unreadable
from enrich_cli.providers.twitter_profile import answered
from enrich_cli.providers.web_addresses import last_part

_USER_FIELDS = (
    "created_at,description,entities,id,location,name,profile_image_url,protected,public_metrics,url,username,verified,"
    "verified_type,withheld"
)
"""Without these only id, name and username come; one unknown name spoils the whole request."""
USAGE, BALANCE = "/2/usage/tweets", "/2/usage/credits"
_CLOCK_MARGIN = 1.0
"""Seconds to pause beyond the reset time, since its clock and ours may differ."""
_SOON = 90.0
"""The longest pause (seconds) that is taken before X asks for one; keeping to `rate` never takes a longer one."""


class Twitter(Provider):
    """Documentation: https://docs.x.com. The billing unit is one user returned; misses are free."""

    name = "twitter"
    data_type = DataType.SOCIAL
    keys = ("TWITTER_BEARER_TOKEN",)
    base_url = "https://api.x.com"
    rate = "20/1m"
    price = Money.parse("0.01")
    unit = "user"
    hit_price = "1 user"
    miss_price = "free"
    miss = NOTHING
    needs = (frozenset({"twitter"}),)
    reads = frozenset({"twitter"})

    def can_ask(self, customer: Customer) -> bool:
        """Could an account have this handle?"""
        return twitter_handle(customer.twitter) is not None

    def auth(self, *keys: str) -> HeaderKey:
        return bearer(keys[0])

    def lookup(self, customer: Customer, wanted: frozenset[str], choose: Choose) -> Lookup:
        response = yield Request(
            method="GET",
            path=f"/2/users/by/username/{customer.twitter}",
            params={"user.fields": _USER_FIELDS},
            fields=frozenset({"twitter"}),
        )
        return NotFound() if response.status >= 400 else answered(json_object(response).get("data"), customer)

    def most(self, customer: Customer, wanted: frozenset[str]) -> Fraction:
        return ONE

    def probe(self) -> Probe:
        """The usage proves the token, but counts only posts. The balance is documented, but is sometimes missing."""
        response = yield Request(method="GET", path=USAGE, most=NOTHING)
        if response.status >= 300:
            raise BadAnswer(f"there is no usage information at this address (status {response.status})")
        try:
            balance = _balance((yield Request(method="GET", path=BALANCE, most=NOTHING)))
        except OutOfCredit:
            raise
        except ProviderError:
            balance = None
        return f"${balance} of credit left" if balance else "what is left of the credit is not reported"

    def charged(self, request: Request, response: Response) -> Charge:
        return Charge(ONE) if response.status < 300 and json_object(response).get("data") else FREE

    def pause_after(self, response: Response) -> float | None:
        """Until the next window, if this was the last request of its window: others may use the app's limit, too.

        Only if that is soon: a longer pause fails lookups, and our own pace may hold them back as long anyway.
        """
        left = number(response.headers.get("x-rate-limit-remaining"))
        reset = number(response.headers.get("x-rate-limit-reset"))
        if left is None or left > 0 or reset is None:
            return None
        pause = reset - response.at + _CLOCK_MARGIN
        return pause if 0 < pause <= _SOON else None

    def error(self, request: Request, response: Response) -> ProviderError | None:
        status = response.status
        if status < 300:
            return _misshapen(response)
        if status == 403:
            return _forbidden(response)
        if status == 404:
            return None if _problems(response) else no_such_path()
        if status == 429:
            return _slowed(response)
        return super().error(request, response)


def _balance(response: Response) -> Money | None:
    """What is left of the prepaid credit; None when it is not told. Raises OutOfCredit when it is nothing, or less."""
    dollars = number(json_or_none(response), "data", "total_balance")
    if dollars is None or dollars > LARGEST_EXACT:
        return None
    if dollars <= 0:
        raise OutOfCredit("no credit left")
    return Money.parse(str(dollars))


def _problems(response: Response) -> list[tuple[str, str]]:
    """Kind (the last part of its `type`) and title, in lower case, of each problem that a body tells.

    It is a problem itself, or has a list of them.
    """
    body = json_or_none(response)
    told = [(last_part(text(one, "type")) or "", text(one, "title") or "") for one in (body, *items(body, "errors"))]
    return [(kind.lower(), title.lower()) for kind, title in told if kind or title]


def _misshapen(response: Response) -> BadAnswer | None:
    """A miss is a 200 without data whose errors, if it has any, are about the user."""
    if broken := unreadable(response):
        return broken
    body, problems = json_object(response), _problems(response)
    data = body.get("data")
    if isinstance(data, dict):
        return None
    about_the_user = {kind for kind, _ in problems} & {"resource-not-found", "not-authorized-for-resource"}
    about_something_else = not about_the_user and (problems or body.get("errors"))
    if data is not None or about_something_else:
        return BadAnswer("the answer (status 200) holds neither a user nor a miss")
    return None


def _forbidden(response: Response) -> ProviderError:
    """One status, many meanings: only the problem that its body tells parts them."""
    if json_or_none(response) is None:
        return Unavailable("a proxy in front of the provider is in trouble (status 403)")
    if any(title == "spendcapreached" for _, title in _problems(response)):
        return OutOfCredit("the spending limit set in the console is reached (status 403)")
    if text(json_or_none(response), "reason") == "client-not-enrolled":
        return InvalidCredentials("the app is in no project or package of the developer console (status 403)")
    if any(kind == "unsupported-authentication" for kind, _ in _problems(response)):
        return InvalidCredentials("the token is of the wrong kind, it must be an app's bearer token (status 403)")
    return InvalidCredentials("the key was refused (status 403)")


def _slowed(response: Response) -> ProviderError:
    """Too fast, or the month's cap reached; then waiting for the reset would be in vain."""
    if any(kind == "usage-capped" or title == "usagecapexceeded" for kind, title in _problems(response)):
        return OutOfCredit("the cap of the month is reached (status 429)")
    reset = number(response.headers.get("x-rate-limit-reset"))
    if reset is None:
        return RateLimited("too many requests (status 429)", response.retry_after())
    return RateLimited("too many requests (status 429)", max(reset - response.at, 0.0) + _CLOCK_MARGIN)
