"""CoreLogic's property API v2, as its sheet describes it: a token, a search by address, reports by number."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar, TypeAlias

from enrich_cli.domain.money import Money
from enrich_cli.sandbox.addresses import Address, read_address
from enrich_cli.sandbox.corelogic_bodies import CHECK, detail, match, matches, permits, valuation
from enrich_cli.sandbox.draw import Draw
from enrich_cli.sandbox.parcels import Parcel, parcel_at, parcel_of
from enrich_cli.sandbox.vendor import WRONG_KEY, About, Call, Refusals, Refused, Reply, Route, Vendor, as_json

_TOKEN_PATH = "/oauth/token"  # noqa: S105  a path
_BAD_TOKEN = "oauth.v2.InvalidAccessToken Invalid access token"  # noqa: S105  an error
_EXPIRED = "keymanagement.service.access_token_expired Access Token expired"
_MODELS = frozenset({"thvConsumers", "thvOriginations", "thvMarketing", "thvRiskManagement"})

Report: TypeAlias = Callable[[Parcel], dict[str, Any] | None]


class CoreLogic(Vendor):
    """Charges every request that finds something, and half of the misses, whose price is not published. Tokens are
    free.

    The price stands for one that is only quoted by contract.
    """

    name = "corelogic"
    price = Money.parse("0.25")
    knows = 0.65
    refusals: ClassVar[Refusals] = {
        "no key": (401, _BAD_TOKEN),
        "401": (401, _BAD_TOKEN),
        "403": (403, "oauth.v2.Entitlement User does not have proper entitlements"),
        "404path": (404, "messaging.adaptors.http.flow.ApplicationNotFound Unable to identify proxy"),
        "429": (429, "policies.ratelimit.SpikeArrestViolation Spike arrest violation"),
        "credit": (429, "policies.ratelimit.QuotaViolation Rate limit quota violation"),
        "500": (500, "steps.Failed Internal error"),
    }

    def build_routes(self) -> dict[tuple[str, str], Route]:
        properties = "/v2/properties"
        return {
            ("POST", _TOKEN_PATH): self._token,
            ("GET", f"{properties}/search"): self._search,
            ("GET", f"{properties}/{{}}/property-detail"): lambda call: self._report(call, self._detail),
            ("GET", f"{properties}/{{}}/building-permits"): lambda call: self._report(call, _permits),
            ("GET", f"{properties}/{{}}/avm/thv/{{}}/summary"): self._valuation,
        }

    def key_of(self, call: Call) -> str:
        """What lets a request in. A wrong secret is a wrong key, and so is a token that was not issued."""
        if call.path == _TOKEN_PATH:
            key, secret = call.basic
            if WRONG_KEY in (key, secret):
                return WRONG_KEY
            return f"{key}:{secret}" if key and secret else ""
        expires = call.bearer.partition(".")[0]
        return WRONG_KEY if call.bearer and call.bearer != self._signed(expires) else call.bearer

    def error(self, status: int, words: str) -> Reply:
        code, _, text = words.partition(" ")
        return as_json(status, {"fault": {"faultstring": text, "detail": {"errorcode": code}}})

    def refusal(self, kind: str, call: Call) -> Reply:
        if call.path == _TOKEN_PATH and kind in ("no key", "401"):
            return as_json(401, {"ErrorCode": "invalid_client", "Error": "Client credentials are invalid"})
        return super().refusal(kind, call)

    def _token(self, call: Call) -> Reply:
        if call.query.get("grant_type") != "client_credentials":
            raise Refused(as_json(400, {"ErrorCode": "invalid_request", "Error": "Unsupported grant type"}))
        seconds = int(self.token_seconds)
        token = self._signed(str(int((time.time() + self.token_seconds) * 1000)))
        # Older hosts write the number as text.
        expires_in = str(seconds) if self.seed % 2 else seconds
        return as_json(200, {"access_token": token, "token_type": "Bearer", "expires_in": expires_in})

    def _signed(self, expires: str) -> str:
        """The token that is valid until then (milliseconds of the epoch), so that no token need be remembered."""
        return f"{expires}.{Draw(self.seed, self.name, 'token', expires).uuid()}"

    def _check_token(self, call: Call) -> None:
        if int(call.bearer.partition(".")[0]) <= time.time() * 1000:
            raise Refused(self.error(401, _EXPIRED))

    def _search(self, call: Call) -> Reply:
        self._check_token(call)
        query = call.query
        street, city, state, zip_code = (query.get(name, "") for name in ("streetAddress", "city", "state", "zipCode"))
        if not street or not ((city and state) or zip_code):
            message = "A street address, and a city and state or a ZIP code are required"
            raise Refused(as_json(400, {"ErrorResponse": {"httpStatus": 400, "message": message}}))
        exact = (not state or re.fullmatch("[A-Z]{2}", state)) and (not zip_code or re.fullmatch(r"\d{5}", zip_code))
        address = read_address(street, city=city, state=state, postal_code=zip_code) if exact else None
        items = self._items(address) if address else []
        if query.get("bestMatch") == "true":
            items = items[:1]
        question = f"{call.path} {sorted(query.items())}"
        self.book_unsure(question, found=bool(items))
        if not items and Draw(self.seed, self.name, "miss body", question).chance(0.4):
            return self._nothing()
        return as_json(200, matches(items))

    def _items(self, address: Address) -> list[dict[str, Any]]:
        """The properties at an address, the best match first, followed by a related one."""
        draw, marks = Draw(self.seed, self.name, address.key), address.marks
        about, own = self.about(draw, marks), draw.chance(0.95)
        if about is About.NOTHING:
            return []
        if about is About.ANOTHER:
            address = address.next_door
        elif not marks and draw.chance(0.08):
            address = replace(address, unit_kind="", unit="")
        related = replace(address, unit_kind="UNIT", unit="B")
        return [
            match(parcel_at(self.seed, address), address, own=own or "hit" in marks),
            match(parcel_at(self.seed, related), related, own=False),
        ]

    def _report(self, call: Call, report: Report) -> Reply:
        self._check_token(call)
        parcel = parcel_of(self.seed, call.parts[3], CHECK)
        body = report(parcel) if parcel else None
        self.book_unsure(call.path, found=body is not None)
        return self._nothing() if body is None else as_json(200, body)

    def _detail(self, parcel: Parcel) -> dict[str, Any]:
        return detail(parcel, Draw(self.seed, self.name, parcel.serial))

    def _valuation(self, call: Call) -> Reply:
        if call.parts[6] not in _MODELS:
            return self.refusal("404path", call)
        return self._report(call, _estimate)

    def _nothing(self) -> Reply:
        return as_json(404, {"messages": [{"messageType": "Info", "message": "No records found"}]})


def _permits(parcel: Parcel) -> dict[str, Any] | None:
    """For a parcel without permits the vendor returns either an empty list or nothing."""
    return permits(parcel) if parcel.permits or parcel.serial % 4 else None


def _estimate(parcel: Parcel) -> dict[str, Any] | None:
    """For a parcel without a model the vendor returns either zeros or nothing."""
    return valuation(parcel) if parcel.estimate or parcel.serial % 4 else None
