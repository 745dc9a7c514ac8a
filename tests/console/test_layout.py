"""How things stand on a screen."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from rich.table import Table
from rich.text import Text

from enrich_cli.console.layout import Figures, Phrases, print_lines, set_in, with_commas
from tests.console.conftest import Paper


def phrases(*words: str) -> Phrases:
    return Phrases([Text(word) for word in words], " · ")


def test_a_phrase_is_not_broken_where_a_line_has_room_for_it() -> None:
    paper = Paper(width=20)
    paper.console.print(phrases("one two", "three four", "five six"))
    assert paper.lines == ["one two · three four", "five six"]


def test_one_that_is_longer_than_a_line_is() -> None:
    paper = Paper(width=10)
    paper.console.print(phrases("one", "two three four"))
    assert paper.lines == ["one", "two three", "four"]


@pytest.fixture
def table() -> Table:
    table = Table("provider", "found", "cost", box=None, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_row("person", "", "")
    table.add_row("  clearbit", "1,234", "$9,876.54")
    return table


def test_figures_stand_in_a_table_where_it_fits(table: Table) -> None:
    paper = Paper(width=27)
    paper.console.print(Figures(table))
    assert paper.lines == ["provider   found cost", "person", "  clearbit 1,234 $9,876.54"]


def test_where_one_column_lacks_each_row_is_told_in_phrases_and_no_figure_is_broken(table: Table) -> None:
    paper = Paper(width=24)
    paper.console.print(Figures(table))
    assert paper.lines == ["person", "  clearbit", "    found 1,234", "    cost $9,876.54"]


def test_a_table_without_names_tells_the_first_figure_with_its_title() -> None:
    table = Table("enrichments", "cost", box=None)
    table.add_row("44", "$9.2286")
    paper = Paper(width=16)
    paper.console.print(Figures(table, named=False))
    assert paper.lines == ["enrichments 44", "cost $9.2286"]


def test_what_is_set_in_begins_later_on_each_of_its_lines() -> None:
    paper = Paper(width=12)
    paper.console.print(set_in(phrases("one two", "three"), 4))
    assert paper.lines == ["    one two", "    three"]


def test_each_but_the_last_gets_a_comma() -> None:
    assert with_commas(["one", "two", "three"]) == ["one,", "two,", "three"]
    assert with_commas([]) == []


@pytest.mark.parametrize(("terminal", "shown"), [(True, "012345678…"), (False, "0123456789[b]abc")])
def test_lines_are_cut_short_in_a_terminal_and_whole_elsewhere(*, terminal: bool, shown: str) -> None:
    file = io.StringIO()
    print_lines(["0123456789[b]abc"], Console(file=file, width=10, force_terminal=terminal, color_system=None))
    assert file.getvalue().rstrip() == shown
