"""Responses, as a vendor's lookup is sent them."""

from __future__ import annotations

import pytest

from enrich_cli.providers.errors import BadAnswer
from enrich_cli.providers.lookup import Response

NOON = 1_767_268_800.0  # 2026-01-01T12:00:00Z


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("3", 3.0),
        (" 120 ", 120.0),
        ("0", 0.0),
        ("Thu, 01 Jan 2026 12:00:30 GMT", 30.0),
        ("Thu, 01 Jan 2026 12:00:30 -0000", 30.0),
        ("Thu, 01 Jan 2026 11:00:00 GMT", 0.0),
        ("soon", None),
        ("-1", None),
        ("²", None),
        ("", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(header: str, seconds: float | None) -> None:
    assert Response(503, headers={"retry-after": header}, at=NOON).retry_after() == seconds


def test_retry_after_may_be_absent() -> None:
    assert Response(503, at=NOON).retry_after() is None


def test_a_pause_is_as_long_as_asked_for_even_if_that_is_nothing() -> None:
    assert Response(429, headers={"retry-after": "0"}, at=NOON).pause(60.0) == 0.0
    assert Response(429, at=NOON).pause(60.0) == 60.0


def test_a_body_is_read_as_json() -> None:
    assert Response(200, b'{"name": "Ada"}').json() == {"name": "Ada"}


def test_a_body_may_begin_with_a_byte_order_mark() -> None:
    assert Response(200, b'\xef\xbb\xbf{"name": "Ada"}').json() == {"name": "Ada"}


def test_a_text_that_was_cut_within_an_emoji_spoils_no_answer() -> None:
    body = rb'{"cut": "a\ud83d", "last": "\uDE00b", "two": "\ud83d\ud83d\ude00", "text": "\\ud83d"}'
    assert Response(200, body).json() == {
        "cut": "a\ufffd",
        "last": "\ufffdb",
        "two": "\ufffd😀",
        "text": r"\ud83d",
    }


@pytest.mark.parametrize("body", [b"", b"<html>Ada Sample</html>", b'{"name": "Ada Sam', b"\xff\xfe"])
def test_a_body_that_is_no_json_is_a_bad_answer_and_is_not_quoted(body: bytes) -> None:
    with pytest.raises(BadAnswer, match=r"^the answer \(status 200\) is not JSON$"):
        Response(200, body).json()
