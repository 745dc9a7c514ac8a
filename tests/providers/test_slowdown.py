from __future__ import annotations

from enrich_cli.providers.slowdown import Slowdown


def test_a_limit_that_lasts_longer_than_a_limit_of_speed_can_is_another() -> None:
    slowdown = Slowdown(60)
    assert [slowdown.outlasts(at) for at in (1000, 1030, 1060, 1060.5, 1100)] == [False, False, False, True, True]


def test_any_other_answer_in_between_begins_anew() -> None:
    slowdown = Slowdown(60)
    slowdown.outlasts(1000)
    slowdown.ended()
    assert not slowdown.outlasts(1070)
    assert slowdown.outlasts(1131)


def test_a_pause_that_is_asked_for_is_as_long_as_a_limit_of_speed_lasts() -> None:
    slowdown = Slowdown(60)
    assert [slowdown.outlasts(at, 5.0) for at in (1000, 1004, 1005.5)] == [False, False, True]


def test_those_that_were_in_flight_are_no_sign_of_another_limit() -> None:
    slowdown = Slowdown(60)
    assert [slowdown.outlasts(at, 0.0) for at in (1000, 1000.4, 1001.5)] == [False, False, True]
