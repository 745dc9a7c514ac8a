"""A disk that is full, a folder that may not be written, one that vanishes: one clear error, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits, SandboxProcess

SETPRIV = shutil.which("setpriv")
IS_ROOT = os.geteuid() == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 kB."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], capture_output=True, check=False
    )
    if mount.returncode:
        pytest.skip("only root may mount a file system")
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.fixture
def unprivileged(stocked: Cli) -> Cli:
    """A user for whom the modes of files and folders hold, though it may be root who runs the tests."""
    if IS_ROOT and not SETPRIV:
        pytest.skip("root may write everywhere")
    if IS_ROOT and SETPRIV:
        stocked.program = [SETPRIV, "--bounding-set", "-all", "--inh-caps", "-all", *stocked.program]
    return stocked


@pytest.fixture
def locked(unprivileged: Cli) -> Iterator[Cli]:
    """Neither the store nor its folder may be written."""
    unprivileged.store.chmod(0o444)
    unprivileged.folder.chmod(0o555)
    yield unprivileged
    unprivileged.folder.chmod(0o755)
    unprivileged.store.chmod(0o644)


@pytest.mark.parametrize("notes", ["", "x" * 20_000], ids=["at the end", "in the middle"])
def test_a_full_disk_under_the_output_is_one_line_and_what_was_bought_is_kept(
    cli: Cli, sandbox: SandboxProcess, hits: Hits, small_disk: Path, notes: str
) -> None:
    rows = "".join(f"Ada Sample,{mail},{notes}\n" for mail in hits(200))
    source = cli.write("customers.csv", f"Name,Email,Notes\n{rows}")
    cli.run("set-tier", "pro")
    output = small_disk / "out.ndjson"
    result = cli.run("enrich", source, "--types", "person", "-o", str(output))
    assert (result.code, result.err.count("\n")) == (1, 1)
    assert str(output) in result.err
    assert list(small_disk.iterdir()) == []
    cli.assert_whole(sandbox.bill())
    low, high = cli.booked()
    # Requests in flight were waited for, and the report includes them.
    assert low == high
    assert "enrich unfinished, since an output could not be written: " in result.out
    assert f"spent ${low:.2f} " in result.out
    assert sandbox.asked() < 200 or not notes
    again = cli.run("enrich", source, "--types", "person", "--resume", "last", "-o", "out.ndjson", "--json")
    assert (again.code, again.report["customers"]["read"]) == (0, 200)
    assert again.counts["cached"] > 0
    assert Decimal(20) <= sandbox.bill() <= Decimal(20) + high - low
    cli.assert_whole(sandbox.bill())


@pytest.mark.parametrize("size", ["64k", "700k"])
def test_a_full_disk_under_the_store_is_one_line_and_harms_nothing(
    cli: Cli, sandbox: SandboxProcess, hits: Hits, small_disk: Path, size: str
) -> None:
    """While the store is made, and in the middle of the run."""
    cli.store = small_disk / "store.db"
    cli.settings["ENRICHMENT_DB"] = str(cli.store)
    subprocess.run(["mount", "-o", f"remount,size={size}", small_disk], check=True)
    cli.run("set-tier", "pro")
    result = cli.run("enrich", cli.source(hits(200)), "-o", "out.csv")
    assert (result.code, result.out, result.err.count("\n")) == (1, "", 1)
    assert not (cli.folder / "out.csv").exists()
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
    cli.run("set-tier", "pro")
    again = cli.run("enrich", "customers.csv", "--types", "person", "--json")
    assert (again.code, again.report["quota"]["used"]) == (0, 200)
    cli.assert_whole(sandbox.bill())


@pytest.mark.parametrize("log", ["no log", "a log"])
def test_on_a_full_disk_the_store_can_still_be_read_with_the_figures_as_if_recovered(
    stocked: Cli, hits: Hits, small_disk: Path, log: str
) -> None:
    subprocess.run(["mount", "-o", "remount,size=1m", small_disk], check=True)
    stocked.store = Path(shutil.copy(stocked.store, small_disk))
    stocked.settings["ENRICHMENT_DB"] = str(stocked.store)
    dying = "UPDATE runs SET state = 'running', ended_at = NULL"
    ends = "os._exit(0)" if log == "a log" else "store.close()"
    script = f"import os, sqlite3; store = sqlite3.connect('{stocked.store}'); store.executescript(\"{dying}\"); {ends}"
    subprocess.run([sys.executable, "-c", script], check=True)
    with pytest.raises(OSError, match="No space left"):
        (small_disk / "rest").write_bytes(bytes(1 << 20))
    assert stocked.run("quota", "--json").report["used"] == 3
    assert [run["state"] for run in stocked.run("runs", "--json").report["runs"]] == ["crashed"]
    assert stocked.run("stats", "--json").report["success_rate"] == 1
    assert stocked.run("show", hits(1)[0], "--compact").code == 0
    assert len(stocked.run("export", "--format", "ndjson").out.splitlines()) == 3
    assert stocked.run("enrich", "customers.csv", "--types", "person", "--dry-run", "--json").report["cached"] == 3


def test_a_store_that_may_not_be_written_is_refused_and_can_still_be_read(locked: Cli, sandbox: SandboxProcess) -> None:
    before = locked.files()
    result = locked.run("enrich", "customers.csv", "--json")
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert str(locked.store) in result.err
    assert locked.run("quota", "--json").report["used"] == 3
    assert (locked.files(), sandbox.asked()) == (before, 0)


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_an_output_folder_that_may_not_be_written_is_refused_at_once(
    unprivileged: Cli, sandbox: SandboxProcess, dry: tuple[str, ...]
) -> None:
    (unprivileged.folder / "results").mkdir(mode=0o555)
    result = unprivileged.run("enrich", "customers.csv", "-o", "results/out.csv", *dry)
    assert (result.code, sandbox.asked()) == (2, 0)
    assert result.err.startswith("enrich-cli: error: results/out.csv: can't write in its folder")


def test_an_output_folder_that_vanishes_is_one_line_and_what_was_bought_is_kept(
    cli: Cli, sandbox: SandboxProcess, hits: Hits
) -> None:
    source = cli.source(hits(6))
    target = cli.folder / "results"
    target.mkdir()
    with sandbox.stopped():
        running = cli.start("enrich", source, "--types", "person", "-o", "results/out.csv", "--concurrency", "2")
        cli.until_in_the_air(2)
        shutil.rmtree(target)
    result = running.wait()
    assert result.code == 1
    assert "Traceback" not in result.err
    assert "results/out.csv" in result.err.splitlines()[-1]
    assert not target.exists()
    cli.assert_whole(sandbox.bill())
    again = cli.run("enrich", source, "--types", "person", "-o", "out.csv", "--json")
    assert (again.code, again.counts) == (0, {"cached": 6})
    assert str(sandbox.bill()) == "0.60"
    assert len((cli.folder / "out.csv").read_text().splitlines()) == 7


@pytest.mark.parametrize("manner", [(), ("--dry-run",)], ids=["run", "dry run"])
@pytest.mark.parametrize("there_is", ["no file", "a file", "a file that may not be written"])
def test_a_database_that_may_not_be_written_is_refused_before_anything_is_paid_for(
    unprivileged: Cli, hits: Hits, there_is: str, manner: tuple[str, ...]
) -> None:
    folder = unprivileged.folder / "theirs"
    folder.mkdir()
    if there_is != "no file":
        with closing(sqlite3.connect(folder / "crm.db")) as crm:
            crm.execute("CREATE TABLE enriched (customer_id TEXT PRIMARY KEY)")
    if there_is == "a file that may not be written":
        (folder / "crm.db").chmod(0o444)
    else:
        folder.chmod(0o555)
    output = ("-o", f"sqlite:///{folder}/crm.db", "--output-table", "enriched")
    source = unprivileged.source(hits(3, company="rivals"))
    result = unprivileged.run("enrich", source, "--types", "person", *output, *manner)
    folder.chmod(0o755)
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert f"{folder}/crm.db: can't" in result.err
