"""Rows that another program takes as they come."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from enrich_cli.domain.errors import ReaderLeft
from enrich_cli.outputs.errors import WritingFailed
from enrich_cli.outputs.standard_output import StandardOutput


def test_bytes_are_handed_on_at_once_and_the_stream_stays_open() -> None:
    raw = io.BytesIO()
    stream = io.BufferedWriter(raw)
    out = StandardOutput(stream)
    out.write(b"row\n")
    assert raw.getvalue() == b"row\n"
    out.close()
    assert not stream.closed


def test_a_reader_that_has_left_is_told_from_other_failures() -> None:
    end, start = os.pipe()
    os.close(end)
    with os.fdopen(start, "wb", buffering=0) as stream, pytest.raises(ReaderLeft):
        StandardOutput(stream).write(b"row\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
def test_a_full_disk_is_a_failure_to_write() -> None:
    with Path("/dev/full").open("wb", buffering=0) as full, pytest.raises(WritingFailed, match="standard output"):
        StandardOutput(cast("BinaryIO", full)).write(b"row\n")
