"""What messages may show of a URL."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich_cli.databases.engine import open_engine
from enrich_cli.databases.urls import is_url, same_database, shown, sqlite_file
from enrich_cli.domain.errors import UsageProblem


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("postgresql://ada:secret@db.example:5432/crm", "postgresql://ada@db.example:5432/crm"),
        ("mysql+pymysql://ada:sec@re/t@db.example/crm?ssl=1", "mysql+pymysql://ada@db.example/crm"),
        ("postgresql://db.example/crm?password=secret", "postgresql://db.example/crm"),
        ("postgresql://:secret@db.example/crm", "postgresql://db.example/crm"),
        ("sqlite:///crm.db", "sqlite:///crm.db"),
    ],
)
def test_it_is_shown_without_password_and_options(url: str, text: str) -> None:
    assert shown(url) == text


@given(st.text(min_size=1))
def test_whatever_a_password_holds_it_is_not_shown(password: str) -> None:
    assert shown(f"postgresql://ada:{password}@db.example/crm") == "postgresql://ada@db.example/crm"


@pytest.mark.parametrize(
    "other",
    [
        "postgresql://ben:other@db.example/crm",
        "postgres://DB.example:5432/crm?connect_timeout=5",
        "postgresql+psycopg://ada@db.example:/crm",
    ],
)
def test_one_database_is_known_however_its_url_is_written(other: str) -> None:
    assert same_database("postgresql://ada:secret@db.example/crm", other)


@pytest.mark.parametrize(
    "other",
    [
        "postgresql://ada:secret@db.example/CRM",
        "postgresql://ada:secret@db.example:5433/crm",
        "mysql://ada:secret@db.example/crm",
        "postgresql://db.example/crm?host=other.example",
        "sqlite:///crm",
        "crm",
    ],
)
def test_another_database_is_another_one(other: str) -> None:
    assert not same_database("postgresql://ada:secret@db.example/crm", other)


def test_one_file_is_known_however_its_path_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link.db").symlink_to("crm.db")
    for other in (f"sqlite:///{tmp_path}/crm.db", "sqlite:///./crm.db?timeout=1", "sqlite+pysqlite:///link.db"):
        assert same_database("sqlite:///crm.db", other)
    assert not same_database("sqlite:///crm.db", "sqlite:///other.db")


def test_a_path_is_no_url() -> None:
    assert not is_url("folder/customers.csv")
    assert is_url("sqlite:///crm.db")


@pytest.mark.parametrize(
    ("written", "name"),
    [("crm.db", "crm.db"), ("c%20r m.db", "c r m.db"), ("5%.db", "5%.db"), ("\udcff.db", "\udcff.db")],
)
def test_the_file_that_a_url_names_is_the_one_that_is_opened(tmp_path: Path, written: str, name: str) -> None:
    url = f"sqlite:///{tmp_path / written}?mode=rw"
    assert sqlite_file(url) == tmp_path / name
    open_engine(url, read_only=False).connect().close()
    assert (tmp_path / name).exists()


def test_a_file_that_no_file_can_be_called_is_refused() -> None:
    with pytest.raises(UsageProblem, match=r"sqlite:///a%00b\.db: no file's name can hold a NUL"):
        sqlite_file("sqlite:///a%00b.db")
