"""A bare server says what the sandbox says."""

from __future__ import annotations

from enrich_cli.sandbox.clearbit import Clearbit
from tests.bench.bare_server import Answers

HEAD = b"GET /v2/people/find?email=%s HTTP/1.1\r\nAuthorization: Bearer bench"


def test_an_answer_is_the_sandboxs_own_and_stays_as_it_was() -> None:
    answers = Answers(Clearbit())
    first = answers.to(HEAD % b"ada.sample%2Bhit@example.com", b"")
    assert first.startswith(b"HTTP/1.1 200 ")
    assert b'"fullName":"Ada Sample"' in first
    assert answers.to(HEAD % b"ada.sample%2Bhit@example.com", b"") == first


def test_an_answer_that_was_not_ready_is_not_kept() -> None:
    answers = Answers(Clearbit())
    statuses = [answers.to(HEAD % b"ada.sample%2Bqueued%2Bhit@example.com", b"")[9:12] for _ in range(9)]
    assert (statuses[0], statuses[-1]) == (b"202", b"200")
