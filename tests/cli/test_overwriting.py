"""No output is written over the store."""

from __future__ import annotations

from pathlib import Path

import pytest

from enrich_cli.cli.overwriting import are_the_same, refuse_the_store
from enrich_cli.domain.errors import UsageProblem


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize("form", ["{}", "sqlite:///{}", "sqlite:///{}?x=1"])
def test_the_store_is_no_output(tmp_path: Path, form: str, *, there: bool) -> None:
    store = tmp_path / "my store.csv"
    if there:
        store.touch()
        (tmp_path / "link.csv").hardlink_to(store)
    for name in ("my store.csv", "folder/../my store.csv", *(["link.csv"] if there else [])):
        with pytest.raises(UsageProblem, match="is the store itself"):
            refuse_the_store("-o", form.format(tmp_path / name), store)


def test_what_is_not_the_store_may_be_written(tmp_path: Path) -> None:
    for output in (f"sqlite:///{tmp_path / 'other.db'}", tmp_path / "rejects.csv", "postgresql://db.example/crm", None):
        refuse_the_store("-o", output, tmp_path / "store.db")


@pytest.mark.parametrize(("system", "same"), [("darwin", True), ("linux", False)])
def test_names_that_only_differ_by_case_are_one_file_on_macs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, *, same: bool
) -> None:
    monkeypatch.setattr("sys.platform", system)
    assert are_the_same(tmp_path / "out.csv", tmp_path / "OUT.csv") is same
    assert not are_the_same(tmp_path / "out.csv", tmp_path / "other.csv")
