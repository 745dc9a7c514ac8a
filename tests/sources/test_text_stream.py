"""What is text, and what is refused before a row is read."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from enrich_cli.sources.errors import SourceError
from enrich_cli.sources.text_stream import buffered, text_of


@pytest.mark.parametrize("data", [b"a\r\nb\rc\n", b"\xef\xbb\xbfa\r\nb\rc\n"])
def test_utf8_is_read_with_or_without_a_byte_order_mark_and_line_ends_stay(data: bytes) -> None:
    assert "".join(text_of(buffered(io.BytesIO(data)), "x")) == "a\r\nb\rc\n"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"PK\x03\x04rest", "Excel"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PAR1....", "Parquet"),
        (b"SQLite format 3\x00rest", "sqlite:///FILE"),
        (b"email\x00\n", "binary"),
        (b"\x01\x02\x03\x04ab", "binary"),
    ],
)
def test_what_is_no_text_is_refused_by_its_name(data: bytes, text: str) -> None:
    with pytest.raises(SourceError, match=f"file.csv: .*{text}"):
        text_of(buffered(io.BytesIO(data)), "file.csv")


def test_a_missing_file_is_refused_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=re.escape(f"{tmp_path / 'none.csv'}: No such file")):
        buffered(tmp_path / "none.csv")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="directory"):
        buffered(tmp_path)
