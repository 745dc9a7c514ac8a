"""What a person sees in a terminal of 80 columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from tests.e2e.pseudo_terminal import in_terminal, lines, plain, seen

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits, SandboxProcess, Serve


@pytest.mark.parametrize("faults", [(), ("clearbit:credit", "fullcontact:shape:0.5"), ("*:503:0.5",)])
def test_a_run_fits_80_columns_and_shows_no_traceback(
    cli: Cli, serve: Serve, hits: Hits, faults: tuple[str, ...]
) -> None:
    source = cli.source([*hits(10), "ben.archer+miss@freight.example"])
    with serve(*faults, latency=0.15) as sandbox:
        cli.asks(sandbox)
        code, drawn = seen([*cli.program, "enrich", source, "--concurrency", "3", "-o", "out.csv"], cli)
    assert code in (0, 3)
    assert "Traceback" not in drawn
    assert "\x1b[" in drawn
    assert "enrich done: 11 rows" in plain(drawn)
    assert [line for line in lines(drawn) if cell_len(line) > 80] == []


def test_progress_is_drawn_while_it_goes_on_and_cleared_at_the_end(cli: Cli, serve: Serve, hits: Hits) -> None:
    with serve(latency=0.3) as sandbox:
        cli.asks(sandbox)
        _, drawn = seen([*cli.program, "enrich", cli.source(hits(9)), "--concurrency", "3"], cli)
    during, _, after = plain(drawn).partition("enrich done")
    assert re.search(r"[3-9]/9 rows", during)
    assert re.search(r"hit rate \d+%", during)
    assert re.search(r"clearbit +ok +fullcontact +ok", during)
    assert "/9 rows" not in after


def test_no_color_is_obeyed(cli: Cli, serve: Serve, hits: Hits) -> None:
    with serve(latency=0.2) as sandbox:
        cli.asks(sandbox)
        _, drawn = seen([*cli.program, "enrich", cli.source(hits(9))], cli, settings={"NO_COLOR": "1"})
    assert "/9 rows" in drawn
    codes = {code for found in re.findall(r"\x1b\[([0-9;]*)m", drawn) for code in found.split(";")}
    assert codes <= {"", "0", "1", "2", "22"}


def test_a_dumb_terminal_is_not_steered(cli: Cli, serve: Serve, hits: Hits) -> None:
    with serve(latency=0.2) as sandbox:
        cli.asks(sandbox)
        code, drawn = seen([*cli.program, "enrich", cli.source(hits(9))], cli, settings={"TERM": "dumb"})
    assert (code, "\x1b" in drawn, "enrich done: 9 rows" in drawn) == (0, False, True)


def test_what_can_be_read_but_once_is_kept_to_be_read_again(cli: Cli, hits: Hits) -> None:
    """As of `enrich <(unzip -p customers.zip)`."""
    source = cli.source(hits(2))
    fed = [*cli.program, "enrich", "piped.csv"]
    code, drawn = seen(["sh", "-c", f'mkfifo piped.csv; cat {source} > piped.csv & exec "$@"', "sh", *fed], cli)
    assert (code, "enrich done: 2 rows" in plain(drawn)) == (0, True), drawn


def test_a_mistake_is_one_line_in_a_terminal_too(cli: Cli) -> None:
    code, drawn = seen([*cli.program, "enrich", "absent.csv"], cli)
    assert code == 2
    assert [line for line in lines(drawn) if line] == [line for line in lines(drawn) if "absent.csv" in line]


class TestTheQuestion:
    """A run in a terminal that could cost more than ENRICHMENT_CONFIRM_USD."""

    @staticmethod
    def enrich(cli: Cli, hits: Hits, *options: str, keys: bytes = b"") -> tuple[int, str]:
        cli.settings["ENRICHMENT_CONFIRM_USD"] = "0.25"
        command = [*cli.program, "enrich", cli.source(hits(3)), "--types", "person", *options]
        code, drawn = seen(command, cli, keys)
        return code, plain(drawn)

    def test_it_comes_after_the_plan_and_before_the_first_request(
        self, cli: Cli, sandbox: SandboxProcess, hits: Hits
    ) -> None:
        code, said = self.enrich(cli, hits, keys=b"n\n")
        assert re.search(
            r"before the first request: 3 rows\s+3 to look up\s.*costs at most \$.*could cost \$", said, re.DOTALL
        )
        assert "not started: nothing was sent, nothing was written" in said
        assert (code, sandbox.asked(), cli.store.exists()) == (130, 0, False)

    def test_interrupted_it_is_answered_with_no(self, cli: Cli, sandbox: SandboxProcess, hits: Hits) -> None:
        cli.settings["ENRICHMENT_CONFIRM_USD"] = "0.25"
        drawn, interrupted = "", False
        with in_terminal([*cli.program, "enrich", cli.source(hits(3)), "--types", "person"], cli) as terminal:
            for block in terminal.blocks():
                drawn += block.decode()
                if "[y/N]: " in drawn and not interrupted:
                    terminal.interrupt()
                    interrupted = True
            code = terminal.code()
        assert "not started: nothing was sent, nothing was written" in plain(drawn)
        assert (code, sandbox.asked(), cli.store.exists()) == (130, 0, False)

    def test_answered_with_yes_the_run_goes_on(self, cli: Cli, hits: Hits) -> None:
        code, said = self.enrich(cli, hits, keys=b"y\n")
        assert (code, "enrich done: 3 rows" in said) == (0, True)

    def test_it_is_not_asked_with_yes(self, cli: Cli, hits: Hits) -> None:
        code, said = self.enrich(cli, hits, "--yes")
        assert (code, "Go on?" in said, "enrich done: 3 rows" in said) == (0, False, True)

    def test_it_is_not_asked_where_a_cap_keeps_the_cost_below(self, cli: Cli, hits: Hits) -> None:
        code, said = self.enrich(cli, hits, "--max-cost", "0.20")
        assert (code, "Go on?" in said) == (4, False)

    def test_it_is_not_asked_without_a_terminal(self, cli: Cli, hits: Hits) -> None:
        cli.settings["ENRICHMENT_CONFIRM_USD"] = "0"
        result = cli.run("enrich", cli.source(hits(3)), "--types", "person")
        assert (result.code, "Go on?" in result.err) == (0, False)
