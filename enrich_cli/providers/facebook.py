"""Facebook Pages through the Graph API: the public Page of a company. It never answers for a private person."""

from __future__ import annotations

import dataclasses
from collections.abc import Generator
from fractions import Fraction
from typing import TYPE_CHECKING

import orjson

from enrich_cli.domain.customer import Customer
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.money import ZERO
from enrich_cli.domain.outcomes import Answered, Found, NotFound
from enrich_cli.domain.social import Profile, Social
from enrich_cli.providers.auth import QueryKey
from enrich_cli.providers.base import Provider
from enrich_cli.providers.companies import company_name
from enrich_cli.providers.errors import BadAnswer, ProviderError, no_such_path
from enrich_cli.providers.facebook_errors import meaning, pause_by_usage
from enrich_cli.providers.facebook_page import identity_of, is_plausible, page_id, profile_of
from enrich_cli.providers.legibility import legible
from enrich_cli.providers.lookup import FREE, NOTHING, Charge, Choose, Lookup, Probe, Request, Requests, Response
from enrich_cli.providers.reading import items, json_object, json_or_none, member, unreadable

if TYPE_CHECKING:
    from enrich_cli.settings import VendorOptions

VERSION = "v25.0"
"""The version of the Graph API that is asked by default."""
CANDIDATES = 5
"""The most Pages that a search lists."""
_READINGS = 2
"""The most of them that are read in full: an app with few users may make few calls an hour."""

_SEARCH = "/pages/search"
_LISTED = "id,name,location,link,verification_status,is_unclaimed"
_READ = (
    "id,name,username,about,bio,category,link,fan_count,followers_count,verification_status,website,emails,phone,"
    "location,single_line_address,is_unclaimed"
)


class Facebook(Provider):
    """Documentation: https://developers.facebook.com/docs/graph-api. Nothing is charged.

    A search lists no website, so a name is confirmed or rejected only after its Page has been read.
    """

    name = "facebook"
    data_type = DataType.SOCIAL
    keys = ("FACEBOOK_APP_ID", "FACEBOOK_APP_SECRET")
    base_url = "https://graph.facebook.com"
    rate = "3/1m"
    price = ZERO
    unit = "call"
    hit_price = "free"
    miss_price = "free"
    miss = NOTHING
    needs = (frozenset({"company"}),)
    reads = frozenset({"company"})

    def __init__(self, version: str = VERSION) -> None:
        self._version = version

    def configured(self, options: VendorOptions) -> Facebook:
        """With the version of `FACEBOOK_GRAPH_VERSION`."""
        return Facebook(options.facebook_graph_version or VERSION)

    def can_ask(self, customer: Customer) -> bool:
        """Does the customer have a company that is neither an e-mail address nor a free mail service?"""
        return company_name(customer) is not None

    def auth(self, *keys: str) -> QueryKey:
        """The app token, which consists of id and secret and never expires."""
        return QueryKey("access_token", "|".join(keys))

    def lookup(self, customer: Customer, wanted: frozenset[str], choose: Choose) -> Lookup:
        response = yield self._request(
            _SEARCH,
            {"q": company_name(customer) or "", "fields": _LISTED, "limit": str(CANDIDATES)},
            frozenset({"company"}),
        )
        pages = legible(_by_id, items(json_object(response), "data"))
        plausible = [found for found, page in pages.items() if is_plausible(identity_of(page), customer)]
        if not plausible:
            return _found(next(iter(pages), None), pages)
        first = choose([identity_of(pages[found]) for found in plausible]) or 0
        best = yield from self._best([plausible.pop(first), *plausible][:_READINGS], pages, choose)
        return _found(best, pages)

    def most(self, customer: Customer, wanted: frozenset[str]) -> Fraction:
        return NOTHING

    def requests(self, wanted: frozenset[str]) -> Requests:
        """The search, then the Page that is most likely right."""
        return Requests(hit=2)

    def probe(self) -> Probe:
        """One well-known Page: reading it proves id and secret, and the feature that reading any Page takes."""
        response = yield self._request("/facebook", {"fields": "id,name"}, frozenset())
        if response.status >= 300 or not page_id(json_object(response)):
            return "whether Pages can be read is not reported"
        return "Pages can be read"

    def charged(self, request: Request, response: Response) -> Charge:
        return FREE

    def error(self, request: Request, response: Response) -> ProviderError | None:
        search = request.path.endswith(_SEARCH)
        fault = member(json_or_none(response), "error")
        if isinstance(fault, dict):
            return meaning(fault, status=response.status, search=search, asked=response.retry_after())
        if response.status == 404:
            return no_such_path()
        if response.status >= 300:
            return super().error(request, response)
        if search and not unreadable(response) and not isinstance(json_object(response).get("data", ""), list | None):
            return BadAnswer("the answer (status 200) lists no Pages")
        return unreadable(response)

    def pause_after(self, response: Response) -> float | None:
        return pause_by_usage(response.headers.get("x-app-usage", ""))

    def kept(self, response: Response) -> Response:
        """Without `paging`, whose links hold the app's secret."""
        body = json_or_none(response)
        if not isinstance(body, dict) or "paging" not in body:
            return response
        return dataclasses.replace(response, body=orjson.dumps({name: body[name] for name in body if name != "paging"}))

    def _best(
        self, order: list[str], pages: dict[str, object], choose: Choose
    ) -> Generator[Request, Response, str | None]:
        """Read one Page after another until one is credible against all others that were listed.

        Else the best of those that were read, considered alone, or the first of them.
        """
        read: list[str] = []
        for found in order:
            page = json_object((yield self._request(f"/{found}", {"fields": _READ}, frozenset())))
            if not legible(_by_id, [page]):
                continue
            pages[found] = page
            read.append(found)
            best = choose([identity_of(one) for one in pages.values()])
            if best is not None and list(pages)[best] in read:
                return list(pages)[best]
        best = choose([identity_of(pages[one]) for one in read])
        return read[best or 0] if read else None

    def _request(self, path: str, params: dict[str, str], fields: frozenset[str]) -> Request:
        return Request(method="GET", path=f"/{self._version}{path}", params=params, fields=fields, most=NOTHING)


def _by_id(pages: list[object]) -> dict[str, object]:
    """The Pages that have an id to read them by."""
    return {found: page for page in pages if profile_of(page) != Profile() and (found := page_id(page))}


def _found(best: str | None, pages: dict[str, object]) -> Answered:
    """The best Page, with all the other listed ones as its rivals."""
    if best is None:
        return NotFound()
    rivals = tuple(identity_of(page) for found, page in pages.items() if found != best)
    return Found(Social(facebook=profile_of(pages[best])), identity_of(pages[best]), rivals)
