"""Hunter v2: a person by e-mail or LinkedIn handle, a work e-mail by name and company, an e-mail's deliverability."""

from __future__ import annotations

from collections.abc import Mapping, Set
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.money import Money
from enrich_cli.domain.outcomes import Answered, Found, NotFound
from enrich_cli.domain.person import Person
from enrich_cli.providers.auth import HeaderKey
from enrich_cli.providers.base import Provider
from enrich_cli.providers.clearbit_shape import answered
from enrich_cli.providers.errors import OutOfCredit, ProviderError, RateLimited, Unavailable, Withheld
from enrich_cli.providers.hunter_account import account_state
from enrich_cli.providers.hunter_finder import address
from enrich_cli.providers.hunter_verifier import VERIFIER, VERIFIER_CREDITS, verification_charge, verified
from enrich_cli.providers.lookup import FREE, NOTHING, ONE, Charge, Choose, Lookup, Probe, Request, Requests, Response
from enrich_cli.providers.reading import items, json_object, json_or_none, text, unreadable
from enrich_cli.providers.web_addresses import linkedin_handle

if TYPE_CHECKING:
    from enrich_cli.settings import VendorOptions

PEOPLE, FINDER = "/v2/people/find", "/v2/email-finder"
_CREDITS = {PEOPLE: Fraction(1, 5), FINDER: ONE}
"""What a hit costs on the plans that sell one kind of credit."""
REFUSALS = 5
"""How many refusals in a row that are not the vendor's own are still taken for its rate limit."""


class Hunter(Provider):
    """Documentation: https://hunter.io/api-documentation/v2. The billing unit is one credit; misses are free."""

    name = "hunter"
    data_type = DataType.PERSON
    keys = ("HUNTER_API_KEY",)
    base_url = "https://api.hunter.io"
    rate = "15/1s,500/1m"
    own_rates: ClassVar[Mapping[str, str]] = MappingProxyType({VERIFIER: "10/1s,300/1m"})
    price = Money.parse("0.0245")
    unit = "credit"
    hit_price = "0.2 credit, 1 for a found address, 0.5 for a verification"
    miss_price = "free"
    miss = NOTHING
    needs = (
        frozenset({"email"}),
        frozenset({"linkedin_url"}),
        frozenset({"first_name", "last_name", "domain"}),
        frozenset({"name", "domain"}),
        frozenset({"first_name", "last_name", "company"}),
        frozenset({"name", "company"}),
    )
    reads = frozenset({"email", "linkedin_url", "name", "first_name", "last_name", "domain", "company"})

    def __init__(self) -> None:
        self._refused = 0
        """Consecutive refusals that are not the vendor's own."""

    def configured(self, options: VendorOptions) -> Hunter:
        """An instance that has not been refused yet."""
        return Hunter()

    def can_ask(self, customer: Customer) -> bool:
        """Is there a question worth a credit? A mailbox that is no person's, or a name that can't be one, is not."""
        return bool(_questions(customer))

    def auth(self, *keys: str) -> HeaderKey:
        return HeaderKey("X-API-KEY", keys[0])

    def lookup(self, customer: Customer, wanted: frozenset[str], choose: Choose) -> Lookup:
        outcome: Answered = NotFound()
        for question in _questions(customer):
            outcome = _answered(question, (yield question))
            if isinstance(outcome, Found):
                break
        if not isinstance(outcome, Found) or "email_status" not in wanted:
            return outcome
        person = outcome.data
        # A verdict on somebody else's address would be paid for and thrown away.
        if isinstance(person, Person) and not person.email_status and choose([outcome.identity]) is not None:
            return (yield from verified(outcome, person, customer))
        return outcome

    def most(self, customer: Customer, wanted: frozenset[str]) -> Fraction:
        verification = VERIFIER_CREDITS if "email_status" in wanted else NOTHING
        return sum((question.most for question in _questions(customer)), verification)

    def requests(self, wanted: frozenset[str]) -> Requests:
        """By e-mail; a handle or a name takes as many, unless both are tried."""
        return Requests(hit=1 + ("email_status" in wanted))

    def probe(self) -> Probe:
        return account_state()

    def charged(self, request: Request, response: Response) -> Charge:
        if request.path == VERIFIER:
            return verification_charge(request, response)
        if response.status >= 300:
            return FREE
        data = json_object(response, "data")
        hit = text(data, "email") if request.path == FINDER else data
        return Charge(_CREDITS[request.path]) if hit else FREE

    def error(self, request: Request, response: Response) -> ProviderError | None:
        status = response.status
        # 403 and 429 have unusual meanings here: too fast, and no credits.
        if status == 403:
            return self._too_fast(response)
        self._refused = 0
        if status in (202, 222) and request.path == VERIFIER:
            return None
        if status < 300:
            return unreadable(response, "data")
        if status == 400 and request.path == FINDER and _error_id(response) == "invalid_domain":
            return None
        if status == 429:
            return OutOfCredit("the credits of the month are used up (status 429)")
        if status == 451:
            return Withheld("the person asked not to be processed (status 451)")
        if status == 404 and response.body:
            return unreadable(response)
        return super().error(request, response)

    def _too_fast(self, response: Response) -> ProviderError:
        """The rate limit. A body that is not JSON comes from a proxy in front, which may refuse for other reasons."""
        self._refused = self._refused + 1 if json_or_none(response) is None else 0
        if self._refused > REFUSALS:
            return Unavailable("a proxy in front of the provider refuses (status 403)", response.retry_after())
        return RateLimited("too many requests (status 403)", response.retry_after())


def _questions(customer: Customer) -> tuple[Request, ...]:
    """The questions, in order, until somebody is found.

    With an e-mail only that is asked about: the finder would merely guess the address that is known already.
    """
    if customer.email:
        return (_question(PEOPLE, {"email": customer.email}, {"email"}),)
    # If one question held both a handle and an e-mail, the handle would win; so each goes alone.
    handle = linkedin_handle(customer.linkedin_url)
    by_handle = (_question(PEOPLE, {"linkedin_handle": handle}, {"linkedin_url"}),) if handle else ()
    name, employer = _name(customer), _employer(customer)
    if not name or not employer:
        return by_handle
    fields = {"name" if parameter == "full_name" else parameter for parameter in name}
    return (*by_handle, _question(FINDER, name | employer, fields | employer.keys()))


def _question(path: str, params: dict[str, str], fields: Set[str]) -> Request:
    return Request(method="GET", path=path, params=params, fields=frozenset(fields), most=_CREDITS[path])


def _name(customer: Customer) -> dict[str, str]:
    """The parameters for a name; empty if it is not worth a credit."""
    if customer.first_name and customer.last_name:
        name = {"first_name": customer.first_name, "last_name": customer.last_name}
    else:
        name = {"full_name": customer.name} if customer.name else {}
    plausible = all("*" not in part and len(part) <= 100 and part.isprintable() for part in name.values())
    return name if plausible else {}


def _employer(customer: Customer) -> dict[str, str]:
    if customer.domain:
        return {"domain": customer.domain}
    return {"company": customer.company} if customer.company else {}


def _answered(question: Request, response: Response) -> Answered:
    if response.status >= 400:
        return NotFound()
    data = json_object(response, "data")
    if question.path == FINDER:
        return address(data, question)
    (asked_by,) = question.fields
    return answered(data, asked_by)


def _error_id(response: Response) -> str | None:
    return next((text(error, "id") for error in items(json_or_none(response), "errors")), None)
