"""What somebody may have meant who mistyped a word."""

from __future__ import annotations

from enrich_cli.domain.suggestion import closest, may_be


def test_it_is_the_word_that_looks_most_like_it_whatever_the_case() -> None:
    assert closest("emial", ["phone", "E-Mail", "name"]) == "E-Mail"
    assert closest("frobnicate", ["phone", "email"]) is None


def test_that_all_options_begin_with_dashes_makes_them_no_more_alike() -> None:
    assert closest("--sandbox", ["--db", "--json"]) is None
    assert closest("--compny", ["--company", "--db"]) == "--company"


def test_few_words_are_listed_with_it_and_many_are_not() -> None:
    assert may_be("prro", ["free", "pro"]) == "it may be free, pro; did you mean pro?"
    many = [f"word{number}" for number in range(40)]
    assert may_be("wrd7", many) == "did you mean word7?"


def test_all_are_listed_where_none_looks_like_it() -> None:
    many = [f"word{number}" for number in range(40)]
    assert may_be("xyz", many) == f"it may be {', '.join(many)}"
