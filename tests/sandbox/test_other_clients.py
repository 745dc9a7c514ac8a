"""Clients that others wrote for the real vendors read people, misses and errors from the sandbox.

They share nothing with this project, so what they understand is the vendors' language and not a private one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import facebook
import pytest
import requests
import tweepy
from pyhunter import PyHunter
from pyhunter.exceptions import HunterApiError, HunterTransportError
from requests.adapters import HTTPAdapter

from enrich_cli.sandbox.faults import Fault
from enrich_cli.sandbox.server import Sandbox, serving

_FIELDS = ["description", "location", "public_metrics", "verified"]
_PAGE = "name,username,about,followers_count,website,location"


class ToSandbox(HTTPAdapter):
    """Connects to the sandbox, whatever scheme, host and port a client asks for."""

    def __init__(self, base_url: str) -> None:
        super().__init__()
        self._base_url = base_url

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        request.url = f"{self._base_url}{request.path_url}"
        return super().send(request, *args, **kwargs)


class Clients:
    """The three clients as their own documentation makes them, but for where they connect."""

    def __init__(self) -> None:
        self._sessions: list[requests.Session] = []

    def twitter(self, sandbox: Sandbox, token: str = "any-token") -> Any:
        client = tweepy.Client(token)
        client.session = self._session(sandbox, "twitter", client.session)
        return client

    def hunter(self, sandbox: Sandbox, key: str = "any-key") -> Any:
        return PyHunter(key, max_retries=0, session=self._session(sandbox, "hunter", requests.Session()))

    def facebook(self, sandbox: Sandbox, secret: str = "any-secret") -> Any:
        session = self._session(sandbox, "facebook", requests.Session())
        return facebook.GraphAPI(f"4711|{secret}", version="3.1", session=session)

    def close(self) -> None:
        for session in self._sessions:
            session.close()

    def _session(self, sandbox: Sandbox, vendor: str, session: requests.Session) -> requests.Session:
        session.mount("https://", ToSandbox(sandbox.base_urls[vendor]))
        session.trust_env = False
        self._sessions.append(session)
        return session


@pytest.fixture
def clients() -> Iterator[Clients]:
    clients = Clients()
    yield clients
    clients.close()


async def test_tweepy_reads_a_user(sandbox: Sandbox, clients: Clients) -> None:
    client = clients.twitter(sandbox)
    answer = await asyncio.to_thread(client.get_user, username="ada_sample_hit", user_fields=_FIELDS)
    assert (answer.data.name, answer.data.username.lower()) == ("Ada Sample", "ada_sample_hit")
    assert answer.data.public_metrics["followers_count"] >= 0
    assert answer.errors == []


async def test_tweepy_reads_several_users_and_who_is_missing(sandbox: Sandbox, clients: Clients) -> None:
    client = clients.twitter(sandbox)
    answer = await asyncio.to_thread(client.get_users, usernames=["ada_hit", "bea_miss", "cem_hit"])
    assert {user.username.lower() for user in answer.data} == {"ada_hit", "cem_hit"}
    assert [error["value"] for error in answer.errors] == ["bea_miss"]


async def test_tweepy_reads_a_miss_as_no_user_or_as_not_found(sandbox: Sandbox, clients: Clients) -> None:
    client, ends = clients.twitter(sandbox), set()
    for number in range(30):
        try:
            answer = await asyncio.to_thread(client.get_user, username=f"ada{number}_miss")
        except tweepy.NotFound:
            ends.add("not found")
        else:
            assert (answer.data, answer.errors[0]["resource_type"]) == (None, "user")
            ends.add("no user")
    assert ends == {"no user", "not found"}


@pytest.mark.parametrize(
    ("kind", "error", "text"),
    [
        ("401", tweepy.Unauthorized, "Unauthorized"),
        ("403", tweepy.Forbidden, "project or package"),
        ("429", tweepy.TooManyRequests, "Too Many Requests"),
        ("credit", tweepy.HTTPException, "does not have any credits"),
        ("503", tweepy.TwitterServerError, "503"),
    ],
)
async def test_tweepy_reads_an_error(clients: Clients, kind: str, error: type[Exception], text: str) -> None:
    async with serving(faults=[Fault("twitter", kind)]) as sandbox:
        with pytest.raises(error, match=text):
            await asyncio.to_thread(clients.twitter(sandbox).get_user, username="ada_hit")


async def test_pyhunter_reads_a_person_an_address_and_a_verdict(sandbox: Sandbox, clients: Clients) -> None:
    client, email = clients.hunter(sandbox), "ada.sample+hit@example-pumps.example"
    person = await asyncio.to_thread(client.email_enrichment, email=email)
    assert (person["name"]["fullName"], person["employment"]["name"]) == ("Ada Sample", "Example Pumps")
    assert (await asyncio.to_thread(client.email_verifier, email))["status"] == "valid"
    account = await asyncio.to_thread(client.account_information)
    assert account["requests"]["credits"]["used"] == 0.7


async def test_pyhunter_reads_found_addresses_and_misses(sandbox: Sandbox, clients: Clients) -> None:
    client, found = clients.hunter(sandbox), set()
    for number in range(30):
        email, score = await asyncio.to_thread(
            client.email_finder, f"pumps-{number}.example", first_name="Ada", last_name="Sample"
        )
        assert (email is None) is (score is None)
        found.add(email is not None)
    assert found == {True, False}


async def test_pyhunter_reads_an_error(sandbox: Sandbox, clients: Clients) -> None:
    nobody = clients.hunter(sandbox).email_enrichment
    with pytest.raises(HunterApiError) as missed:
        await asyncio.to_thread(nobody, email="ada+miss@example.com")
    with pytest.raises(HunterApiError) as refused:
        await asyncio.to_thread(clients.hunter(sandbox, key="wrong").account_information)
    assert [_status(error.value) for error in (missed, refused)] == [404, 401]
    async with serving(faults=[Fault("hunter", "reset")]) as broken:
        with pytest.raises(HunterTransportError):
            await asyncio.to_thread(clients.hunter(broken).account_information)


def _status(error: Exception) -> int:
    cause = error.__cause__
    assert isinstance(cause, requests.HTTPError)
    assert cause.response is not None
    return cause.response.status_code


async def test_facebook_sdk_finds_a_page_and_reads_it(sandbox: Sandbox, clients: Clients) -> None:
    graph = clients.facebook(sandbox)
    found = await asyncio.to_thread(graph.request, "v3.1/pages/search", {"q": "Example Pumps +hit", "fields": "name"})
    page = await asyncio.to_thread(graph.get_object, found["data"][0]["id"], fields=_PAGE)
    assert page.keys() == {"id", *_PAGE.split(",")}
    assert page["name"] == found["data"][0]["name"] == "Example Pumps"


async def test_facebook_sdk_fetches_a_token_and_has_it_checked(sandbox: Sandbox, clients: Clients) -> None:
    graph = clients.facebook(sandbox)
    token = await asyncio.to_thread(graph.get_app_access_token, "4711", "any-secret")
    debugged = await asyncio.to_thread(graph.debug_access_token, token, "4711", "any-secret")
    assert (debugged["data"]["app_id"], debugged["data"]["is_valid"]) == ("4711", True)


@pytest.mark.parametrize(
    ("node", "secret", "code"), [("109876543210987", "s", 100), ("pumps.miss", "s", 803), ("pumps.hit", "wrong", 190)]
)
async def test_facebook_sdk_reads_a_miss_and_an_error(
    sandbox: Sandbox, clients: Clients, node: str, secret: str, code: int
) -> None:
    with pytest.raises(facebook.GraphAPIError) as refused:
        await asyncio.to_thread(clients.facebook(sandbox, secret).get_object, node)
    assert (refused.value.code, bool(refused.value.message)) == (code, True)
