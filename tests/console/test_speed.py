"""How fast something goes, of late."""

from __future__ import annotations

from enrich_cli.console.speed import Speed


def test_at_first_it_is_that_since_the_beginning() -> None:
    assert Speed(100.0).of(30, 110.0) == 3.0


def test_in_no_time_nothing_was_done() -> None:
    assert Speed(100.0).of(0, 100.0) == 0.0


def test_what_landed_at_once_is_forgotten_after_half_a_minute() -> None:
    speed = Speed(0.0)
    assert speed.of(1_000, 1.0) == 1_000
    for second in range(2, 60):
        last = speed.of(1_000 + second, float(second))
    assert last == 1.0
