"""Whose certificates are believed. That they are, and others not, is tried in `test_transport.py`."""

from __future__ import annotations

from pathlib import Path

import pytest

from enrich_cli.gateway.transport import open_transport
from enrich_cli.variables import SettingError


@pytest.mark.parametrize("content", [None, "no certificate"], ids=["no file", "another file"])
def test_authorities_that_can_not_be_used_are_told_of_before_anything_is_asked(
    content: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "authorities.pem"
    if content:
        file.write_text(content)
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with pytest.raises(
        SettingError, match=rf"^SSL_CERT_FILE={file} can't be used: .*; give certificate authorities in PEM"
    ):
        open_transport(connections=1)
