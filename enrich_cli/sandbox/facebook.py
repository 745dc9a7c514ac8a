"""Facebook's Graph API, as its sheet describes it: search for a company's Page, and one Page by id or username."""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Any, ClassVar
from urllib.parse import unquote

from enrich_cli.domain.money import Money
from enrich_cli.sandbox.draw import Draw
from enrich_cli.sandbox.facebook_bodies import BASIC, FIELDS, error_body, page_body, paged
from enrich_cli.sandbox.pages import KINDS, Kind, page_of, read_page_id
from enrich_cli.sandbox.person_vendor import PersonVendor
from enrich_cli.sandbox.subject import MARKS, by_company
from enrich_cli.sandbox.vendor import JSON, NOTHING, WRONG_KEY, Call, Refusals, Refused, Reply, Route, as_json

_PATH = re.compile(r"(?:/v(\d+)\.\d+)?/(.+)")
_OLDEST, _NEWEST = 21, 26
_TOKEN_PATH = "oauth/access_token"  # noqa: S105 — a path
_PAGE_SIZE = 25


class Facebook(PersonVendor):
    """Free. An access token is `{app-id}|{app-secret}`, or one fetched for the pair; either may be `wrong`."""

    name = "facebook"
    price = Money()
    knows = 0.55
    refusals: ClassVar[Refusals] = {
        "no key": (400, "2500 An active access token must be used to query information about the current user."),
        "401": (400, "190 Invalid OAuth access token signature."),
        "403": (
            400,
            "10 This endpoint requires the 'Page Public Content Access' or the 'Page Public Metadata Access' feature.",
        ),
        "404path": (400, "2500 Unknown path components: {call.path}"),
        "429": (403, "4 Application request limit reached"),
        "credit": (400, "368 The action attempted has been deemed abusive or is otherwise disallowed"),
        "500": (500, "2 An unexpected error has occurred. Please retry your request later."),
    }

    def build_routes(self) -> dict[tuple[str, str], Route]:
        return {
            ("GET", "pages/search"): self._search,
            ("GET", "debug_token"): self._debug_token,
            ("GET", _TOKEN_PATH): self._token,
        }

    def reset(self) -> None:
        super().reset()
        self._fetched: dict[str, str] = {}
        """Fetched token → app secret."""

    def route_of(self, call: Call) -> Route | None:
        rest = _rest(call)
        is_node = call.method == "GET" and rest and "/" not in rest
        return self.routes.get((call.method, rest)) or (self._node if is_node else None)

    def answer(self, call: Call) -> Reply:
        reply = super().answer(call)
        return Reply(reply.status, reply.body, {**reply.headers, "facebook-api-version": _served(call)})

    def key_of(self, call: Call) -> str:
        if _rest(call) == _TOKEN_PATH:
            return call.query.get("client_secret", "")
        token = _sent_token(call)
        is_app_token = "|" in token and WRONG_KEY not in token.split("|")
        return token if is_app_token or not token else WRONG_KEY

    def refusal(self, kind: str, call: Call) -> Reply:
        if _rest(call) == _TOKEN_PATH and kind in ("401", "no key"):
            return self.error(400, "1 Error validating client secret.")
        return super().refusal(kind, call)

    def error(self, status: int, words: str) -> Reply:
        """`words`: the code, followed by a slash and a subcode if there is one, then the message."""
        codes, _, message = words.partition(" ")
        usage = {"X-App-Usage": '{"call_count":100,"total_cputime":25,"total_time":25}'} if codes == "4" else {}
        trace = Draw(self.seed, self.name, "trace", words).uuid()[:11]
        return as_json(status, error_body(codes, message, trace), {**JSON, **usage})

    def _token(self, call: Call) -> Reply:
        query = call.query
        if not query.get("client_id") or query["client_id"] == WRONG_KEY:
            raise Refused(self.error(400, "101 Error validating application. Invalid application ID."))
        if query.get("grant_type") != "client_credentials":
            raise Refused(self.error(400, "100 Missing redirect_uri parameter."))
        secret = query["client_secret"]
        token = f"{query['client_id']}|{Draw(self.seed, 'token', secret).uuid().replace('-', '')[:27]}"
        self._fetched[token] = secret
        return as_json(200, {"access_token": token, "token_type": "bearer"})

    def _debug_token(self, call: Call) -> Reply:
        self._check_proof(call)
        app, separator, secret = call.query.get("input_token", "").partition("|")
        if not separator or WRONG_KEY in (app, secret):
            raise Refused(self.refusal("401", call))
        data = {"app_id": app, "type": "APP", "application": "My app", "is_valid": True, "scopes": []}
        return as_json(200, {"data": data})

    def _search(self, call: Call) -> Reply:
        self._check_proof(call)
        if not (asked := call.query.get("q", "").strip()):
            raise Refused(self.error(400, "100 The parameter q is required"))
        fields, limit = self._fields(call) & BASIC, self._limit(call)
        kinds = self._kinds(asked)
        self.account.book(f"search {by_company(asked).key}", bool(kinds), NOTHING)
        data = [self._body(asked, kind, fields) for kind in kinds]
        return as_json(200, paged(data, call.path, call.query, limit))

    def _kinds(self, asked: str) -> list[Kind]:
        """Which Pages a search for a company finds: its own, or the wrong one, and perhaps some that look alike."""
        subject = by_company(asked)
        if (finding := self.find(subject)) is None:
            return []
        found: Kind = "namesake" if finding.mistaken else "own"
        if finding.full:
            return [found]
        draw = Draw(self.seed, self.name, "candidates", subject.key)
        kinds = [kind for kind in KINDS if kind == found or (kind != "own" and draw.chance(0.3))]
        return kinds[::-1] if draw.chance(0.5) else kinds

    def _node(self, call: Call) -> Reply:
        self._check_proof(call)
        node, fields = _rest(call), self._fields(call)
        if node == _sent_token(call).partition("|")[0]:
            return as_json(200, {"id": node, "name": "My app"})
        if node == "facebook":
            return as_json(200, {"id": "20531316728", "name": "Facebook"})
        return self._by_id(node, fields) if node.isascii() and node.isdecimal() else self._by_username(node, fields)

    def _by_id(self, number: str, fields: frozenset[str]) -> Reply:
        asked, kind = read_page_id(number) or ("", "own")
        is_there = bool(asked) and kind in self._kinds(asked)
        self.account.book(f"page {number}", is_there, NOTHING)
        return as_json(200, self._body(asked, kind, fields)) if is_there else self._not_there(number)

    def _by_username(self, username: str, fields: frozenset[str]) -> Reply:
        words = username.lower().split(".")
        asked = " ".join(f"+{word}" if word in MARKS else word.title() for word in words)
        kinds = self._kinds(asked)
        self.account.book(f"page {username.lower()}", bool(kinds), NOTHING)
        if not kinds:
            return self._no_alias(username)
        return as_json(200, self._body(asked, "own" if "own" in kinds else "namesake", fields))

    def _body(self, asked: str, kind: Kind, fields: frozenset[str]) -> dict[str, Any]:
        """A Page with the requested fields, the same each time."""
        page = page_of(self.seed, asked, kind)
        told = page_body(page, Draw(self.seed, self.name, "told", page.id), full="hit" in by_company(asked).marks)
        return {name: value for name, value in told.items() if name in fields}

    def _not_there(self, number: str) -> Reply:
        return self.error(
            400,
            f"100/33 Unsupported get request. Object with ID '{number}' does not exist, cannot be loaded due to "
            "missing permissions, or does not support this operation.",
        )

    def _no_alias(self, username: str) -> Reply:
        if Draw(self.seed, self.name, "private", username.lower()).chance(0.3):
            return self.error(400, f"803 Cannot query users by their username ({username})")
        return self.error(404, f"803 Some of the aliases you requested do not exist: {username}")

    def _fields(self, call: Call) -> frozenset[str]:
        """The requested fields; raises Refused for one that does not exist."""
        asked = [field for field in call.query.get("fields", "").split(",") if field]
        if unknown := [field for field in asked if field not in FIELDS]:
            raise Refused(self.error(400, f"100 Tried accessing nonexisting field ({unknown[0]}) on node type (Page)"))
        return frozenset({"id", *(asked or ("name",))})

    def _check_proof(self, call: Call) -> None:
        """A proof may be left out, but one that is sent must be right. Raises Refused."""
        token, proof = _sent_token(call), call.query.get("appsecret_proof")
        secret = self._fetched.get(token) or token.partition("|")[2]
        if proof is not None and proof != hmac.new(secret.encode(), token.encode(), hashlib.sha256).hexdigest():
            raise Refused(self.error(400, "100 Invalid appsecret_proof provided in the API argument"))

    def _limit(self, call: Call) -> int:
        text = call.query.get("limit", str(_PAGE_SIZE))
        if not (text.isascii() and text.isdecimal() and int(text) > 0):
            raise Refused(self.error(400, "100 Param limit must be a positive number"))
        return int(text)


def _rest(call: Call) -> str:
    """The path after the version."""
    return unquote(match[2]) if (match := _PATH.fullmatch(call.path)) else ""


def _served(call: Call) -> str:
    """The version that serves a call: the one in its path, or the oldest if that has ended or is missing."""
    match = _PATH.fullmatch(call.path)
    asked = int(match[1]) if match and match[1] else _OLDEST
    return f"v{min(asked, _NEWEST)}.0" if asked >= _OLDEST else f"v{_OLDEST}.0"


def _sent_token(call: Call) -> str:
    return call.query.get("access_token", "") or call.bearer
