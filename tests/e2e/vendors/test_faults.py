"""All ten vendors in trouble of the same kind: the run goes on, no key leaks, and the books hold the bill."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, SandboxProcess, Serve
    from tests.e2e.vendors.conftest import Visiting

slow = pytest.mark.slow


def test_without_trouble_all_ten_answer_and_the_bill_is_the_cost(
    ten: Cli, sandbox: SandboxProcess, visit: Visiting
) -> None:
    went = visit(ten, sandbox)
    assert (went.result.code, went.result.counts) == (0, {"enriched": 2})
    assert {name for name, entry in went.providers.items() if entry["found"] == 2} == went.vendors
    assert went.low == went.bill == went.high > 0


def test_when_all_keys_are_refused_it_is_exit_5_and_nothing_is_charged(ten: Cli, serve: Serve, visit: Visiting) -> None:
    with serve("*=401") as sandbox:
        ten.asks(sandbox)
        went = visit(ten, sandbox, "--concurrency", "1")
    assert (went.result.code, went.result.counts) == (5, {"failed": 2})
    assert None not in went.each("disabled")
    assert went.low == went.bill == went.high == 0


def test_where_the_first_of_each_chain_refuses_its_key_the_next_ones_answer(
    ten: Cli, serve: Serve, visit: Visiting
) -> None:
    first = {"clearbit", "google_places", "linkedin", "attom"}
    with serve(",".join(f"{vendor}=401" for vendor in first)) as sandbox:
        ten.asks(sandbox)
        went = visit(ten, sandbox, "--concurrency", "1")
    assert (went.result.code, went.result.counts) == (0, {"enriched": 2})
    assert {name for name, entry in went.providers.items() if entry["disabled"]} == first
    assert {name for name, entry in went.providers.items() if entry["found"] == 2} == went.vendors - first
    assert went.low == went.bill == went.high > 0


def test_where_an_account_is_empty_its_vendor_is_closed_and_nothing_is_charged(
    ten: Cli, serve: Serve, visit: Visiting
) -> None:
    """ATTOM and CoreLogic say the same to whoever asks too fast, and that is what it is taken for at first."""
    ten.settings["ENRICHMENT_MAX_PAUSE"] = "0"
    with serve("*=credit") as sandbox:
        ten.asks(sandbox)
        went = visit(ten, sandbox, "--concurrency", "1")
    assert (went.result.code, went.result.counts) == (3, {"failed": 2})
    failed = {name: entry["failed"] for name, entry in went.providers.items()}
    assert {name for name, entry in went.providers.items() if not entry["disabled"]} == {"attom", "corelogic"}
    # ATTOM counts by the minute: it is asked once more if one ends between the two customers.
    assert failed.pop("attom") in (1, 2)
    assert (went.met("credit"), set(failed.values())) == (went.vendors, {1})
    assert went.low == went.bill == went.high == 0


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param("500", marks=slow),
        pytest.param("502", marks=slow),
        "503",
        pytest.param("retry-after-1", marks=slow),
        pytest.param("retry-date-1", marks=slow),
    ],
)
def test_a_vendor_that_is_in_trouble_for_a_moment_is_asked_again_and_charges_once(
    ten: Cli, serve: Serve, visit: Visiting, fault: str
) -> None:
    with serve(f"*={fault}:1") as sandbox:
        ten.asks(sandbox)
        went = visit(ten, sandbox)
    assert (went.result.code, went.result.counts) == (0, {"enriched": 2})
    assert went.met(fault) == went.vendors
    asked_again = {name for name, entry in went.providers.items() if entry["retries"]}
    assert asked_again == went.vendors
    assert went.low == went.bill == went.high > 0


@pytest.mark.parametrize("fault", ["close", pytest.param("reset", marks=slow), pytest.param("truncated", marks=slow)])
def test_a_lost_answer_is_asked_for_once_more_and_its_price_is_in_doubt(
    ten: Cli, serve: Serve, visit: Visiting, fault: str
) -> None:
    """The vendors charged for what was lost."""
    with serve(f"*={fault}:1") as sandbox:
        ten.asks(sandbox)
        went = visit(ten, sandbox)
    assert (went.result.code, went.result.counts) == (0, {"enriched": 2})
    assert (went.met(fault), went.each("retries")) == (went.vendors, {1})
    assert went.doubted == went.vendors - {"facebook"}
    assert went.low < went.bill == went.high


@pytest.mark.parametrize(
    "fault",
    [
        "html",
        pytest.param("shape", marks=slow),
        pytest.param("huge", marks=slow),
        "deep",
        pytest.param("bomb", marks=slow),
    ],
)
def test_an_answer_that_can_not_be_read_fails_its_lookup_alone_and_is_in_doubt(
    ten: Cli, serve: Serve, visit: Visiting, fault: str
) -> None:
    with serve(f"*={fault}:1") as sandbox:
        ten.asks(sandbox)
        went = visit(ten, sandbox)
    assert (went.result.code, sum(went.result.counts.values())) in {(0, 2), (3, 2)}
    assert went.met(fault) == went.vendors
    assert (went.each("retries"), went.each("failed"), went.each("disabled")) == ({0}, {1}, {None})
    assert went.doubted == went.vendors - {"facebook"}
    assert went.low < went.bill <= went.high


@pytest.mark.parametrize("fault", ["retry-after-600", pytest.param("retry-date-600", marks=slow)])
def test_a_pause_longer_than_allowed_fails_the_lookups_and_costs_nothing(
    ten: Cli, serve: Serve, visit: Visiting, fault: str
) -> None:
    """Clearbit, LinkedIn's gateway and X name the end of the pause in headers of their own, which come first."""
    ten.settings["ENRICHMENT_MAX_PAUSE"] = "1"
    with serve(f"*={fault}") as sandbox:
        ten.asks(sandbox)
        went = visit(ten, sandbox, "--concurrency", "1")
    assert (went.result.code, went.result.counts) == (3, {"failed": 2})
    assert (went.met(fault), went.each("found"), went.each("disabled")) == (went.vendors, {0}, {None})
    assert went.low == went.bill == went.high == 0


def test_answers_of_other_types_are_neither_data_nor_misses_and_their_price_is_in_doubt(
    ten: Cli, serve: Serve, visit: Visiting
) -> None:
    with serve("*=types") as sandbox:
        ten.asks(sandbox)
        went = visit(ten, sandbox)
    assert (went.result.code, went.result.counts) == (3, {"failed": 2})
    assert went.met("types") == went.vendors
    assert (went.each("failed"), went.each("not_found"), went.each("disabled")) == ({2}, {0}, {None})
    assert went.low == 0 < went.bill <= went.high
    assert ten.rows("SELECT * FROM customer_enrichment_data") == []


@slow
def test_an_answer_that_never_comes_is_given_up_and_asked_for_once_more(
    ten: Cli, serve: Serve, visit: Visiting
) -> None:
    ten.settings |= {name.replace("BASE_URL", "TIMEOUT"): "2" for name in ten.settings if name.endswith("BASE_URL")}
    with serve("*=timeout:1") as sandbox:
        ten.asks(sandbox)
        went = visit(ten, sandbox)
    assert (went.result.code, went.result.counts) == (0, {"enriched": 2})
    assert went.each("retries") == {1}
    assert went.low < went.bill == went.high


@slow
def test_a_slow_answer_is_waited_for(ten: Cli, serve: Serve, visit: Visiting) -> None:
    with serve("*=slow:1") as sandbox:
        ten.asks(sandbox)
        went = visit(ten, sandbox)
    assert (went.result.code, went.result.counts, went.each("retries")) == (0, {"enriched": 2}, {0})
    assert went.low == went.bill == went.high > 0


@pytest.mark.parametrize("fault", [pytest.param("huge", marks=slow), pytest.param("bomb", marks=slow)])
def test_no_answer_fills_the_memory(ten: Cli, serve: Serve, visit: Visiting, fault: str) -> None:
    """Of each vendor there is one answer of 200 MiB and more, and no room for a single one of them."""
    ten.program = ["sh", "-c", 'ulimit -d 300000 && exec "$0" "$@"', *ten.program]
    ten.settings["ENRICHMENT_TIMEOUT"] = "80"
    with serve(f"*={fault}") as sandbox:
        ten.asks(sandbox)
        went = visit(ten, sandbox)
    assert (went.result.code, went.result.counts) == (3, {"failed": 2})
    # Short of memory, an answer would be lost, and asked for once more.
    assert (went.each("failed"), went.each("retries")) == ({2}, {0})
    assert went.low == 0 < went.bill <= went.high


@slow
@pytest.mark.parametrize("share", ["0.2", "0.5"])
def test_trouble_of_all_kinds_at_once_leaves_the_books_right(
    ten: Cli, serve: Serve, visit: Visiting, share: str
) -> None:
    kinds = ("503", "retry-after-1", "close", "reset", "truncated", "html", "shape", "types", "deep", "404path")
    with serve(",".join(f"*={kind}:{share}" for kind in kinds)) as sandbox:
        ten.asks(sandbox)
        went = visit(ten, sandbox)
    assert sum(went.result.counts.values()) == 2
    assert len({kind for kind in kinds if went.met(kind)}) > 2
