"""Hunter's e-mail verifier: can mail be delivered? It is a separate question with a separate charge."""

from __future__ import annotations

from collections.abc import Generator
from fractions import Fraction

from msgspec.structs import replace

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.outcomes import Found
from enrich_cli.domain.person import Person
from enrich_cli.providers.errors import ProviderError, Withheld
from enrich_cli.providers.lookup import FREE, Charge, Request, Response
from enrich_cli.providers.polling import ready
from enrich_cli.providers.reading import json_object, text

VERIFIER = "/v2/email-verifier"
VERIFIER_CREDITS = Fraction(1, 2)
"""What a verdict costs, in credits."""
POLLS = (2.0, 4.0, 8.0, 16.0)
"""Seconds before each repeat: half a minute in all."""

_VERDICTS = {
    "valid": "deliverable",
    "accept_all": "risky",
    "disposable": "risky",
    "invalid": "undeliverable",
    "webmail": "unknown",
}


def email_status(verdict: str | None) -> str:
    """The vendor's verdict in our words; `unknown` for anything that is not one."""
    return _VERDICTS.get(verdict or "", "unknown")


def verified(found: Found, person: Person, customer: Customer) -> Generator[Request, Response, Found]:
    """The person found, with a verdict on the e-mail. If that fails, unless by an objection, they stay as found."""
    address = person.email or customer.email
    if not address:
        return found
    question = Request(
        method="GET",
        path=VERIFIER,
        params={"email": address},
        fields=frozenset({"email"} if address.lower() == customer.email else ()),
        most=VERIFIER_CREDITS,
    )
    try:
        response = yield from ready(question, question, POLLS)
        status = email_status(_verdict(response))
    except Withheld:
        raise
    except ProviderError:
        return replace(found, untold=frozenset({"email_status"} if person.email else {"email", "email_status"}))
    return replace(found, data=replace(person, email=address, email_status=status))


def verification_charge(request: Request, response: Response) -> Charge:
    """A verdict costs; without one, the vendor says that it charges nothing, which is unconfirmed."""
    if _verdict(response) in _VERDICTS:
        return Charge(VERIFIER_CREDITS)
    given_up = response.status == 202 and request.poll_after == POLLS[-1]
    return Charge(in_doubt=VERIFIER_CREDITS) if given_up or response.status in (200, 222) else FREE


def _verdict(response: Response) -> str | None:
    """What the verifier says; None while it is running, and if its probe failed."""
    return text(json_object(response, "data"), "status") if response.status == 200 else None
