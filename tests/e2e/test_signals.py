"""Ctrl-C and SIGTERM: the first lets what is in the air come down, the second quits at once. A hang-up is a first."""

from __future__ import annotations

import signal
import socket
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.e2e.pseudo_terminal import in_terminal

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits, SandboxProcess, Serve


@pytest.mark.parametrize(
    "number",
    [signal.SIGINT, *(pytest.param(number, marks=pytest.mark.slow) for number in (signal.SIGTERM, signal.SIGHUP))],
    ids=lambda number: number.name,
)
def test_a_run_that_is_asked_to_stop_saves_what_came_and_can_be_resumed(
    cli: Cli, serve: Serve, hits: Hits, number: signal.Signals
) -> None:
    source = cli.source([*hits(12), "quentin.slow+queued@queue.example"])
    with serve(latency=0.2) as sandbox:
        cli.asks(sandbox)
        running = cli.start("enrich", source, "--types", "person", "-o", "out.csv", "--concurrency", "2", "--json")
        sandbox.until_asked(4)
        running.signal(number)
        stopped = running.wait()
        bill, done = sandbox.bill(), sum(stopped.counts.values())
        assert (stopped.code, stopped.report["interrupted"], 0 < done < 13) == (130, True, True)
        assert f"--resume {stopped.report['run_id']}" in stopped.err
        assert not (cli.folder / "out.csv").exists()
        assert cli.booked() == (bill, bill)
        cli.assert_whole(bill)
        resumed = cli.run("enrich", source, "--types", "person", "-o", "out.csv", "--resume", "last", "--json")
        assert (resumed.code, resumed.counts["cached"], sum(resumed.counts.values())) == (0, done, 13)
        assert str(sandbox.bill()) == "1.30"
        cli.assert_whole(sandbox.bill())
    assert len((cli.folder / "out.csv").read_text().splitlines()) == 14


def test_a_run_whose_terminal_is_closed_saves_what_came_too(cli: Cli, serve: Serve, hits: Hits) -> None:
    source = cli.source([*hits(12), "quentin.slow+forever@queue.example"])
    with serve(latency=0.2) as sandbox:
        cli.asks(sandbox)
        with in_terminal([*cli.program, "enrich", source, "--types", "person", "--concurrency", "2"], cli) as terminal:
            sandbox.until_asked(4)
            terminal.hang_up()
            assert terminal.code() == 130
        assert cli.rows("SELECT state FROM runs") == [("interrupted",)]
        assert cli.booked() == (sandbox.bill(), sandbox.bill())
        cli.assert_whole(sandbox.bill())


def test_a_run_that_quits_at_once_gives_the_terminal_its_cursor_back(cli: Cli, serve: Serve, hits: Hits) -> None:
    with serve(latency=30) as sandbox:
        cli.asks(sandbox)
        with in_terminal([*cli.program, "enrich", cli.source(hits(1)), "--types", "person"], cli) as terminal:
            cli.until_in_the_air(1)
            terminal.interrupt()
            drawn, quits = "", False
            for block in terminal.blocks():
                drawn += block.decode()
                if not quits and "stopping: " in drawn:
                    quits = True
                    terminal.interrupt()
            assert terminal.code() == 130
    assert drawn.endswith("\r\n\x1b[?25h")


def test_with_nohup_a_run_goes_on_though_its_terminal_is_closed(cli: Cli, serve: Serve, hits: Hits) -> None:
    with serve(latency=0.2) as sandbox:
        cli.asks(sandbox)
        run = [*cli.program, "enrich", cli.source(hits(12)), "--types", "person", "--concurrency", "2"]
        with in_terminal(["sh", "-c", 'trap "" HUP; exec "$0" "$@" >/dev/null 2>&1', *run], cli) as terminal:
            sandbox.until_asked(4)
            terminal.hang_up()
            assert terminal.code() == 0
    assert cli.rows("SELECT state FROM runs") == [("done",)]


def test_a_run_that_waits_for_more_on_standard_input_stops_at_once(cli: Cli, serve: Serve, hits: Hits) -> None:
    with serve() as sandbox:
        cli.asks(sandbox)
        source = (cli.folder / cli.source(hits(3) * 40)).read_bytes()
        running = cli.start("enrich", "-", "--types", "person", "--json", stdin=source, stdin_goes_on=True)
        sandbox.until_asked(3)
        running.signal(signal.SIGTERM)
        stopped = running.wait()
        assert (stopped.code, stopped.report["interrupted"]) == (130, True)
        assert cli.booked() == (sandbox.bill(), sandbox.bill())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_before_a_run_begins_a_signal_ends_it_at_once(cli: Cli, number: signal.Signals) -> None:
    """While it waits for the first line of standard input."""
    running = cli.start("enrich", "-", "--types", "person", stdin_goes_on=True)
    running.until_it_takes_signals()
    time.sleep(1)
    running.signal(number)
    assert running.wait().code == 130
    assert not cli.store.exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_nor_need_it_wait_for_a_database_that_does_not_answer(cli: Cli, hits: Hits, number: signal.Signals) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        output = ("-o", f"postgresql://me@127.0.0.1:{silent.getsockname()[1]}/crm", "--output-table", "enriched")
        running = cli.start("enrich", cli.source(hits(3)), "--types", "person", *output)
        with silent.accept()[0]:
            time.sleep(0.5)
            running.signal(number)
            assert running.wait().code == 130
    assert not cli.store.exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_a_dry_run_of_many_rows_ends_at_once(cli: Cli, number: signal.Signals) -> None:
    cli.remains.written.add("many.csv")
    rows = "".join(f"Ada Sample,ada.sample@pumps{place}.example\n" for place in range(100_000))
    (cli.folder / "many.csv").write_text(f"Name,Email\n{rows}")
    running = cli.start("enrich", "many.csv", "--types", "person", "--dry-run", "--json")
    running.until_it_takes_signals()
    time.sleep(1)
    running.signal(number)
    stopped = running.wait()
    assert (stopped.code, stopped.out) == (130, "")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_as_soon_as_a_run_stands_in_the_books_a_signal_ends_it_there(
    stocked: Cli, sandbox: SandboxProcess, hits: Hits, number: signal.Signals
) -> None:
    source = stocked.source(hits(3, company="new"), "new.csv")
    with sandbox.stopped():
        running = stocked.start("enrich", source, "--types", "person", "--concurrency", "1", "--json")
        while len(stocked.rows("SELECT run_id FROM runs")) < 2:
            pass
        running.signal(number)
    stopped = running.wait()
    assert (stopped.code, f"--resume {stopped.report['run_id']}" in stopped.err) == (130, True)
    assert stocked.rows("SELECT state FROM runs ORDER BY rowid DESC LIMIT 1") == [("interrupted",)]


def test_resumed_on_a_tier_without_cache_what_came_is_not_bought_again(cli: Cli, serve: Serve, hits: Hits) -> None:
    cli.run("set-tier", "enterprise")
    source = cli.source([*hits(12), "quentin.slow+queued@queue.example"])
    with serve(latency=0.2) as sandbox:
        cli.asks(sandbox)
        running = cli.start("enrich", source, "--concurrency", "2", "--json")
        sandbox.until_asked(4)
        running.signal(signal.SIGINT)
        stopped = running.wait()
        run_id = stopped.report["run_id"]
        assert cli.run("enrich", source, "--resume", run_id, "--json").counts["cached"] == stopped.counts["enriched"]
        assert str(sandbox.bill()) == "1.30"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_a_second_signal_quits_though_the_vendor_never_answers(
    cli: Cli, serve: Serve, hits: Hits, number: signal.Signals
) -> None:
    cli.settings["CLEARBIT_TIMEOUT"] = "3600"
    with serve("*:timeout") as sandbox:
        cli.asks(sandbox)
        running = cli.start("enrich", cli.source(hits(3)), "-o", "out.csv")
        sandbox.until_asked(3)
        running.signal(number)
        running.until_says("stopping")
        running.signal(number)
        assert running.wait().code == 130
        cli.assert_whole(sandbox.bill())
    assert not (cli.folder / "out.csv").exists()
    assert cli.rows("SELECT state FROM runs") == [("crashed",)]
    assert cli.run("quota", "--json").report["reserved"] == 0


def test_a_second_signal_quits_though_the_table_for_the_rows_is_locked(
    cli: Cli, sandbox: SandboxProcess, hits: Hits
) -> None:
    with closing(sqlite3.connect(cli.folder / "out.db")) as other:
        other.execute("CREATE TABLE enriched (customer_id TEXT PRIMARY KEY)")
        other.execute("INSERT INTO enriched VALUES ('theirs')")
        output = ("-o", f"sqlite:///{cli.folder / 'out.db'}", "--output-table", "enriched")
        running = cli.start("enrich", cli.source(hits(3)), "--types", "person", *output)
        sandbox.until_asked(3, running)
        cli.until_rows("SELECT 1 FROM run_customers WHERE outcome IS NOT NULL", 3)
        time.sleep(1)
        running.signal(signal.SIGINT)
        running.until_says("stopping")
        running.signal(signal.SIGINT)
        assert running.wait().code == 130


def test_a_wait_for_a_slow_vendor_ends_with_the_first_signal(cli: Cli, serve: Serve) -> None:
    """The vendor asks to wait for two seconds, which would otherwise be the run's."""
    with serve() as sandbox:
        cli.asks(sandbox)
        running = cli.start("enrich", cli.source(["quentin.slow+forever@queue.example"]), "--json")
        sandbox.until_asked(1)
        running.signal(signal.SIGINT)
        stopped = running.wait()
        assert (stopped.code, stopped.counts) == (130, {})
        assert {vendor: seen for vendor, seen in sandbox.requests().items() if seen} == {"clearbit": {"202": 1}}
        cli.assert_whole(sandbox.bill())
