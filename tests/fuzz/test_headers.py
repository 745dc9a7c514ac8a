"""Whatever stands in a header line, it is mapped or refused."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from enrich_cli.domain.customer import FIELDS
from enrich_cli.sources.errors import SourceError
from enrich_cli.sources.headers import map_headers
from enrich_cli.sources.spellings import MAPPABLE, SPELLINGS, normal
from tests.fuzz.bounds import bounded
from tests.fuzz.words import check_words

_known = st.sampled_from([*MAPPABLE, *(spelling for spellings in SPELLINGS.values() for spelling in spellings)])
_dressed = st.builds("{}{}{}".format, st.text(" _-.*\ufeff", max_size=2), _known, st.text(" _-.:\n", max_size=2))
_overrides = st.builds("{}={}".format, _known | st.text(max_size=8), _known | st.text(max_size=8)) | st.text(max_size=8)


@st.composite
def header_lines(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Columns, and the texts of `--map`, of which some name a field and a column."""
    columns = draw(st.lists(_known | _dressed | st.text(max_size=12), max_size=12))
    fitting = st.builds("{}={}".format, st.sampled_from(MAPPABLE), st.sampled_from(columns or ("",)))
    return columns, draw(st.lists(fitting | _overrides, max_size=2))


@bounded(500)
@given(header_lines())
def test_each_field_is_read_from_a_column_of_its_own(given_line: tuple[list[str], list[str]]) -> None:
    columns, overrides = given_line
    try:
        header = map_headers(columns, overrides)
    except SourceError as error:
        check_words(error)
        return
    places = [*header.fields.values(), *([] if header.id_column is None else [header.id_column])]
    assert header.fields
    assert set(header.fields) <= set(FIELDS)
    assert len(set(places)) == len(places)
    assert all(0 <= place < len(columns) for place in places)
    assert Counter(header.named(columns).values()) == Counter(columns[place] for place in places)
    chosen = {normal(field): column for field, _, column in (override.partition("=") for override in overrides)}
    named = {normal(field): column for field, column in header.named(columns).items()}
    assert all(normal(named[field]) == normal(column) for field, column in chosen.items())
