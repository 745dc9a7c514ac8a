"""Rates as people write them."""

from __future__ import annotations

import pytest

from enrich_cli.domain.rate import Window, parse_rate, rate_text, seconds_for


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("none", ()),
        ("NONE", ()),
        ("15/1s", (Window(15, 1),)),
        (" 15/1s , 500/1m", (Window(15, 1), Window(500, 60))),
        ("100/2h,1000/1d", (Window(100, 7_200), Window(1_000, 86_400))),
    ],
)
def test_a_rate_is_read_as_its_windows(text: str, windows: tuple[Window, ...]) -> None:
    assert parse_rate(text) == windows


@pytest.mark.parametrize(
    "text",
    [
        *("", "15", "15/s", "15/1", "0/1s", "15/0s", "-1/1s", "1.5/1s", "15/1w", "15/1s,", "15/1s 500/1m", "none,1/1s"),
        *("15/1S", "١/1s", "9" * 400 + "/1s", "1/" + "9" * 400 + "d"),
    ],
)
def test_what_is_no_rate_is_refused_with_what_it_may_be(text: str) -> None:
    with pytest.raises(ValueError, match=r"windows such as 15/1s,500/1m \(units s, m, h, d\)"):
        parse_rate(text)


@pytest.mark.parametrize("text", ["none", "15/1s", "15/1s,500/1m", "90/90s", "100/2h,1000/1d"])
def test_windows_are_written_as_they_are_read(text: str) -> None:
    assert rate_text(parse_rate(text)) == text


@pytest.mark.parametrize(
    ("number", "rate", "seconds"),
    [
        (0, "5/1s", 0),
        (1_000, "none", 0),
        (60, "60/1m", 0),
        (61, "60/1m", 60),
        (11, "5/1s", 2),
        (100, "15/1s,500/1m", 6),
        (500, "15/1s,500/1m", 33),
        (600, "15/1s,500/1m", 60 + 6),
        (120, "1/1s,500/1m", 119),
        (30, "10/1m,20/1m", 120),
    ],
)
def test_the_last_of_so_many_may_leave_when_all_windows_let_it(number: int, rate: str, seconds: float) -> None:
    assert seconds_for(number, parse_rate(rate)) == seconds
