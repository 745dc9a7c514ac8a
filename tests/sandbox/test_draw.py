from __future__ import annotations

from enrich_cli.sandbox.draw import Draw


def test_the_same_parts_always_draw_the_same_for_as_long_as_one_likes() -> None:
    one, other = Draw(7, "ada"), Draw(7, "ada")
    assert [one.share() for _ in range(100)] == [other.share() for _ in range(100)]


def test_other_parts_draw_otherwise() -> None:
    assert len({Draw(*parts).uuid() for parts in ((7, "ada"), (8, "ada"), (7, "bob"), (7, "a", "da"))}) == 4


def test_every_choice_and_both_ends_of_a_range_come_up() -> None:
    draw = Draw("range")
    assert {draw.pick("abc") for _ in range(200)} == {"a", "b", "c"}
    assert {draw.number(3, 5) for _ in range(200)} == {3, 4, 5}


def test_a_chance_comes_true_about_as_often_as_it_says() -> None:
    draw = Draw("odds")
    assert 250 < sum(draw.chance(0.3) for _ in range(1000)) < 350
    assert not any(draw.chance(0.0) for _ in range(200))
    assert all(draw.chance(1.0) for _ in range(200))
