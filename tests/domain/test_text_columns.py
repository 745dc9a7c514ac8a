"""Many texts are cleaned, compared and made customers of as one is."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from enrich_cli.domain.cleaning import LONGEST, cleaned, folded, normalised
from enrich_cli.domain.customer import FIELDS, customer_from, customers_from
from enrich_cli.domain.text_columns import all_folded, cleaned_column

PIECES = st.sampled_from(
    ["a", "B", "é", "ﬁ", "4", "４", " ", "  ", "\t", "\n", "\x00", "\x1c", "\u00a0", "|", "@", ".", "/", "?", "#", ":",
     "www.", "https://", "HTTP://", "mailto:", "N/A", "Null", "x.com/", "x.com", " ::: ", ",", ";", "<", ">", "'",
     '="', '"', "\u200b", "\ufeff"]
)  # fmt: skip
TEXT = st.one_of(st.lists(PIECES, max_size=6).map("".join), st.text(max_size=8))


@given(st.lists(TEXT, min_size=1, max_size=6), st.sampled_from(FIELDS))
@example(["www.www.a.b", ".a", "a.", "a./x"], "domain")
@example(["www. a"], "domain")
@example(["https://HTTP://"], "domain")
@example(["a", "b\nc"], "name")
@example(["a", "b" * (LONGEST + 1), "c" * LONGEST], "name")
def test_a_column_is_cleaned_as_its_texts_are_one_by_one(texts: list[str], field: str) -> None:
    assert list(cleaned_column(field, texts).texts) == [cleaned(field, text) for text in texts]


@given(st.lists(st.text(st.characters(exclude_characters="\n")), min_size=1))
def test_a_column_is_compared_as_its_texts_are(texts: list[str]) -> None:
    assert list(all_folded(texts)) == [folded(text) for text in texts]
    assert [" ".join(text.split()) for text in all_folded(texts)] == [normalised(text) for text in texts]


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(("customer_id", *FIELDS), TEXT)), min_size=1, max_size=4))
def test_rows_become_the_same_customers_together_as_alone(rows: list[dict[str, str]]) -> None:
    columns = {field: [row[field] for row in rows] for field in FIELDS}
    together = customers_from(columns, [row["customer_id"] for row in rows])
    assert together == [customer_from(row, row["customer_id"]) for row in rows]


@pytest.mark.parametrize("given_id", ["ADA", "ada"])
def test_one_row_whose_id_is_another_field_does_not_spoil_the_next(given_id: str) -> None:
    ada, ben = customers_from({"first_name": ["Ada", "Ben"], "city": ["Rome", "Oslo"]}, [given_id, "C-2"])
    assert ada is not None
    assert ben is not None
    assert ada.id.hashed is not None
    assert ben.id.hashed is None
