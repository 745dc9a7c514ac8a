"""Answers that arrive together are taken up a few at a time."""

from __future__ import annotations

import asyncio

from enrich_cli.gateway.turnstile import PASSES_A_TURN, Turnstile
from tests.gateway.conftest import all_wait


async def test_all_pass_in_order_of_arrival() -> None:
    turnstile, passed = Turnstile(), list[int]()

    async def come(number: int) -> None:
        await turnstile.passed()
        passed.append(number)

    many = range(3 * PASSES_A_TURN + 1)
    await asyncio.gather(*map(come, many))
    assert passed == list(many)


async def test_what_comes_of_the_first_is_done_before_the_last_pass() -> None:
    turnstile, done = Turnstile(), list[str]()

    async def answer(number: int, next_question: asyncio.Event) -> None:
        await turnstile.passed()
        done.append(f"answer {number}")
        next_question.set()

    async def ask(number: int, may_leave: asyncio.Event) -> None:
        await may_leave.wait()
        done.append(f"question {number}")

    events = [asyncio.Event() for _ in range(3 * PASSES_A_TURN)]
    asking = [asyncio.create_task(ask(*one)) for one in enumerate(events)]
    await all_wait()
    await asyncio.gather(*(answer(*one) for one in enumerate(events)), *asking)
    answers_before = [
        sum(one.startswith("answer") for one in done[:place])
        for place, one in enumerate(done)
        if one.startswith("question")
    ]
    # Nobody's next question waits for more than what passes in this turn of the loop and in the next.
    assert all(answers <= number + 2 * PASSES_A_TURN for number, answers in enumerate(answers_before)), done


async def test_who_stops_waiting_takes_nobody_s_pass() -> None:
    turnstile = Turnstile()
    waiting = [asyncio.create_task(turnstile.passed()) for _ in range(4 * PASSES_A_TURN)]
    await asyncio.sleep(0)
    given_up = waiting[PASSES_A_TURN : 3 * PASSES_A_TURN]
    for one in given_up:
        one.cancel()
    await all_wait()
    assert all(one.cancelled() for one in given_up)
    assert all(one.done() and not one.cancelled() for one in waiting if one not in given_up)


async def test_a_few_pass_without_waiting_in_any_turn() -> None:
    turnstile = Turnstile()
    for _ in range(3):
        waits = [turnstile.passed() for _ in range(PASSES_A_TURN)]
        for one in waits:
            assert next(one.__await__(), "passed") == "passed"
        await asyncio.sleep(0)
