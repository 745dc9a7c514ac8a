"""One customer who was enriched; tests vary it with `replace`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from enrich_cli.domain.customer import Customer, CustomerId
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.enrichment import Enrichment, Known, Result, State, content_of
from enrich_cli.domain.models import as_data
from enrich_cli.domain.report import Count
from enrich_cli.domain.row import Finished, Row


@pytest.fixture
def known() -> Enrichment:
    return Enrichment(
        data_type=DataType.PERSON,
        status=Known.FOUND,
        cached_at=datetime(2026, 11, 3, 9, 30, tzinfo=UTC),
        expires_at=datetime(2026, 11, 10, 9, 30, tzinfo=UTC),
        source="clearbit,hunter",
        confidence=0.97,
        content=content_of(
            as_data(DataType.PERSON, {"full_name": "Jane Doe", "employment": [{"company": "Acme", "current": True}]}),
            {"full_name": "clearbit"},
        ),
    )


@pytest.fixture
def jane(known: Enrichment) -> Finished:
    customer = Customer(id=CustomerId("jane@acme.com", "jane@acme.com"), email="jane@acme.com")
    return Finished(
        Row(2, ["JANE@acme.com", "vip"], customer),
        Count.ENRICHED,
        {DataType.PERSON: Result(State.FOUND, known)},
        "jane@acme.com",
    )


@pytest.fixture(params=["sqlite", "postgresql", "mysql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'out.db'}"
    found: str = request.getfixturevalue(f"{request.param}_url")
    return found


@pytest.fixture(params=["postgresql", "mysql"])
def server_url(request: pytest.FixtureRequest) -> str:
    found: str = request.getfixturevalue(f"{request.param}_url")
    return found


@pytest.fixture
def file_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'out.db'}"


def with_data(jane: Finished, known: Enrichment, data_type: DataType, **data: Any) -> Finished:
    """Jane with only this found about her."""
    found = replace(known, data_type=data_type, content=content_of(data))
    return replace(jane, results={data_type: Result(State.FOUND, found)})
