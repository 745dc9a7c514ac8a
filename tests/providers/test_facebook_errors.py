"""The error objects of the Graph API, by the facts of its sheet."""

from __future__ import annotations

from collections.abc import Mapping

import orjson
import pytest

from enrich_cli.providers.errors import (
    BadAnswer,
    InvalidCredentials,
    NotAccepted,
    ProviderError,
    RateLimited,
    Unavailable,
)
from enrich_cli.providers.facebook import Facebook
from enrich_cli.providers.lookup import Request, Response

FACEBOOK = Facebook()
NO_MORE: Mapping[str, object] = {}
NO_HEADERS: Mapping[str, str] = {}
SEARCH = Request(method="GET", path="/v25.0/pages/search")
READING = Request(method="GET", path="/v25.0/109876543210987")
NO_OBJECT = (
    "Unsupported get request. Object with ID '1' does not exist, cannot be loaded due to missing permissions, or does "
    "not support this operation"
)
REVIEWABLE = (
    "Object does not exist, cannot be loaded due to missing permission or reviewable feature, or does not support this "
    "operation. This endpoint requires the 'pages_read_engagement' permission"
)
FEATURE = (
    "(#10) This endpoint requires the 'pages_read_engagement' permission or the 'Page Public Content Access' feature "
    "or the 'Page Public Metadata Access' feature."
)
OLD_FEATURE = (
    "To use 'Page Public Content Access', your use of this endpoint must be reviewed and approved by Facebook."
)


def error(
    code: object,
    message: str = "…",
    more: Mapping[str, object] = NO_MORE,
    *,
    status: int = 400,
    request: Request = READING,
    headers: Mapping[str, str] = NO_HEADERS,
) -> ProviderError | None:
    fault = {"message": message, "type": "OAuthException", "code": code, **more}
    return FACEBOOK.error(request, Response(status, orjson.dumps({"error": fault}), headers))


@pytest.mark.parametrize("request_", [SEARCH, READING], ids=["search", "reading"])
@pytest.mark.parametrize(
    ("code", "message"),
    [
        (190, "Invalid OAuth access token signature."),
        ("190", "Invalid OAuth access token signature."),
        (102, "Session key invalid"),
        (101, "Error validating application."),
        (1, "Error validating client secret."),
        (100, "This call requires either app secret proof or an app token"),
        (100, "Invalid appsecret_proof provided in the API argument"),
        (368, "The action attempted has been deemed abusive"),
    ],
)
def test_a_refused_key_closes_the_vendor(code: object, message: str, request_: Request) -> None:
    assert type(error(code, message, request=request_)) is InvalidCredentials


@pytest.mark.parametrize(
    ("code", "message", "more"),
    [
        (10, FEATURE, {}),
        (10, OLD_FEATURE, {}),
        (3, "Application does not have the capability", {}),
        (200, "Permissions error", {}),
        (299, "Permissions error", {}),
        (100, REVIEWABLE, {}),
        (100, REVIEWABLE, {"error_subcode": 33}),
        (100, FEATURE, {"error_subcode": 33}),
    ],
)
def test_a_missing_feature_closes_the_vendor_also_when_searching_for_pages_are_reached_by_search_alone(
    code: int, message: str, more: dict[str, object]
) -> None:
    reading = error(code, message, more)
    searching = error(code, message, more, request=SEARCH)
    assert (type(reading), type(searching)) == (InvalidCredentials, InvalidCredentials)
    assert "show Pages: the app needs the feature Page Public Metadata Access" in str(reading)
    assert "search for Pages: the app needs the feature Page Public Metadata Access" in str(searching)


@pytest.mark.parametrize(
    ("code", "message", "more"),
    [
        (100, NO_OBJECT, {"error_subcode": 33, "type": "GraphMethodException"}),
        (100, NO_OBJECT, {"error_subcode": "33"}),
        (100, "(#100) Tried accessing nonexisting field (about) on node type (User)", {}),
        (803, "(#803) Some of the aliases you requested do not exist: x", {}),
        (803, "(#803) Cannot query users by their username (x)", {}),
        (21, "Page ID 1 was migrated to page ID 2", {}),
    ],
)
@pytest.mark.parametrize("status", [200, 400, 404])
def test_a_page_that_is_not_there_is_a_miss_whatever_the_status(
    status: int, code: int, message: str, more: dict[str, object]
) -> None:
    assert error(code, message, more, status=status) is None


@pytest.mark.parametrize("code", [100, 803, 21])
def test_a_search_never_misses_by_an_error(code: int) -> None:
    assert error(code, NO_OBJECT, {"error_subcode": 33}, request=SEARCH) is not None


@pytest.mark.parametrize("code", [4, 17, 32, 341, 613, 80001])
@pytest.mark.parametrize("status", [400, 403])
def test_a_used_up_hour_pauses_the_vendor(code: int, status: int) -> None:
    limited = error(code, "(#4) Application request limit reached", {"is_transient": True}, status=status)
    assert isinstance(limited, RateLimited)
    assert limited.retry_after == 600


@pytest.mark.parametrize(("status", "code"), [(429, 4), (400, 613), (500, 1), (503, 2), (503, 999)])
def test_where_it_says_how_long_to_wait_that_holds(status: int, code: int) -> None:
    put_off = error(code, status=status, headers={"retry-after": "7"})
    assert isinstance(put_off, RateLimited | Unavailable)
    assert put_off.retry_after == 7


@pytest.mark.parametrize(
    ("usage", "pause"),
    [
        ('{"call_count":100,"total_cputime":25,"total_time":25}', 600),
        ('{"call_count":28,"total_cputime":103,"total_time":25}', 600),
        ('{"call_count":28,"total_cputime":25,"total_time":100}', 600),
        ('{"call_count":99,"total_cputime":25,"total_time":99}', None),
        ('{"call_count":"many"}', None),
        ("[100]", None),
        ("100 %", None),
    ],
)
def test_an_answer_with_which_the_hour_is_used_up_pauses_the_vendor(usage: str, pause: float | None) -> None:
    assert FACEBOOK.pause_after(Response(200, b"{}", {"x-app-usage": usage})) == pause
    assert FACEBOOK.pause_after(Response(200, b"{}")) is None


@pytest.mark.parametrize(
    ("code", "status", "more"),
    [
        (1, 400, {}),
        (2, 500, {"is_transient": True}),
        (2, 400, {}),
        (999, 400, {"is_transient": True}),
        (999, 503, {}),
    ],
)
def test_an_outage_is_worth_another_try(code: int, status: int, more: dict[str, object]) -> None:
    assert type(error(code, "An unexpected error has occurred.", more, status=status)) is Unavailable


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (100, "(#100) Invalid parameter"),
        (100, "(#100) Tried accessing nonexisting field (bio) on node type (Page)"),
        (2500, "An active access token must be used"),
    ],
)
def test_a_bad_parameter_is_not_accepted(code: int, message: str) -> None:
    assert type(error(code, message)) is NotAccepted


@pytest.mark.parametrize("status", [200, 400, 404])
@pytest.mark.parametrize("code", [999, None, "?"])
def test_an_unknown_error_is_never_a_miss(status: int, code: object) -> None:
    assert type(error(code, status=status)) is BadAnswer


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (500, b"<html>Sorry, something went wrong.</html>", Unavailable),
        (503, b"", Unavailable),
        (401, b"", InvalidCredentials),
        (404, b"<html>", BadAnswer),
        (404, b"{}", BadAnswer),
        (429, b"", RateLimited),
        (400, b'{"error": "?"}', NotAccepted),
    ],
)
def test_without_an_error_object_the_status_decides(status: int, body: bytes, expected: type[ProviderError]) -> None:
    assert type(FACEBOOK.error(READING, Response(status, body))) is expected


@pytest.mark.parametrize("code", [1, 2, 4, 10, 100, 190, 368, 803, 999])
def test_no_error_quotes_the_question_or_the_body(code: int) -> None:
    assert "s3cret" not in repr(error(code, "s3cret Example Pumps", request=SEARCH))
    assert "Example" not in repr(error(code, "s3cret Example Pumps", request=SEARCH))
