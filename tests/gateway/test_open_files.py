"""Each vendor's share of the files that may be open."""

from __future__ import annotations

import resource

import pytest

from enrich_cli.gateway.open_files import allow_open_files, connections_each

NO_LIMIT = resource.RLIM_INFINITY


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """The limits in force: at first, and each time that they were set."""
    known: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: known[-1])
    monkeypatch.setattr(resource, "setrlimit", lambda _, limits: known.append(limits))
    return known


@pytest.mark.parametrize(
    ("soft", "hard", "raised"),
    [(1_024, 4_096, 4_096), (1_024, 1_048_576, 10_240), (256, NO_LIMIT, 10_240)],
)
def test_the_limit_is_raised_as_far_as_systems_let_it(
    limits: list[tuple[int, int]], soft: int, hard: int, raised: int
) -> None:
    limits.append((soft, hard))
    allow_open_files()
    assert limits[1:] == [(raised, hard)]


@pytest.mark.parametrize(("soft", "hard"), [(1_024, 1_024), (20_000, 20_000), (20_000, NO_LIMIT), (NO_LIMIT, NO_LIMIT)])
def test_it_is_never_lowered(limits: list[tuple[int, int]], soft: int, hard: int) -> None:
    limits.append((soft, hard))
    allow_open_files()
    assert limits[1:] == []


@pytest.mark.parametrize("hard", [150, 1_024, 4_096, 1_048_576, NO_LIMIT])
@pytest.mark.parametrize("vendors", [1, 10])
def test_the_connections_of_all_vendors_leave_some_files_to_others(
    limits: list[tuple[int, int]], hard: int, vendors: int
) -> None:
    limits.append((150, hard))
    one_end, both_ends = (vendors * connections_each(vendors, both_ends=both) for both in (False, True))
    allow_open_files()
    assert 1 <= 2 * both_ends <= one_end < limits[-1][0]


def test_a_vendor_has_one_connection_however_few_files_there_are(limits: list[tuple[int, int]]) -> None:
    limits.append((64, 64))
    assert connections_each(10, both_ends=True) == 1


def test_by_default_ten_vendors_have_enough_for_fifty_customers(limits: list[tuple[int, int]]) -> None:
    limits.append((1_024, 1_024))
    assert connections_each(10, both_ends=False) >= 50
