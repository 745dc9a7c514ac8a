"""The program as people run it: as a process, over real sockets, against the real sandbox."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, Self, TypeAlias

import httpx
import pytest

from enrich_cli.domain.months import month_of
from tests.e2e.forked import ForkedProgram
from tests.e2e.remains import Remains

Process: TypeAlias = "subprocess.Popen[bytes] | ForkedProgram"
PROGRAM = str(Path(sys.executable).with_name("enrich-cli"))
KEYS = {f"{vendor}_API_KEY": f"secret-of-{vendor}" for vendor in ("CLEARBIT", "FULLCONTACT", "HUNTER")}
PATIENCE = 90.0
"""Seconds after which something counts as stuck; nothing takes that long if all is well."""
READY = "serving synthetic data"
MICROS = 1_000_000
PROGRESS = re.compile(r"^[\d,]+(?:/[\d,]+)? rows?, [\d.,]+/s.*\n", re.MULTILINE)
"""What a run says every few seconds on standard error; how often it does depends on the machine."""


def until(condition: Callable[[], bool], what: str) -> None:
    """Wait until a condition holds."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain: {what}"
        time.sleep(0.01)


class SandboxProcess:
    """`enrich-cli sandbox` as a process, for the length of a block."""

    def __init__(self, *faults: str, latency: float = 0.0, seed: int = 7, wrong_person: float = 0.03) -> None:
        options = ["--port", "0", "--seed", str(seed), "--latency", str(latency), "--wrong-person", str(wrong_person)]
        options += [word for fault in faults for word in ("--fault", fault)]
        said, saying = os.pipe()
        with Path(os.devnull).open() as nothing, os.fdopen(saying, "w") as out:
            self._process = ForkedProgram(
                [PROGRAM, "sandbox", *options],
                Path.cwd(),
                {"PATH": os.environ["PATH"]},
                *(nothing.fileno(), out.fileno(), out.fileno()),
            )
        self.settings: dict[str, str] = {}
        with os.fdopen(said) as lines:
            for line in lines:
                if READY in line:
                    break
                name, _, url = line.strip().partition("=")
                self.settings[name] = url
        self._client = httpx.Client(base_url=self.settings["HUNTER_BASE_URL"], trust_env=False, timeout=PATIENCE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._client.close()
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(timeout=PATIENCE)

    def bill(self) -> Decimal:
        """What all vendors have charged, at list price, in dollars."""
        return Decimal(self._client.get("/_bill").json()["usd"])

    def requests(self) -> dict[str, dict[str, int]]:
        """Vendor → status, or kind of fault → how many requests met it."""
        seen: dict[str, dict[str, int]] = self._client.get("/_requests").json()
        return seen

    def asked(self) -> int:
        """How many requests have come."""
        return sum(sum(by_status.values()) for by_status in self.requests().values())

    def vendors_asked(self) -> set[str]:
        """The vendors that were asked anything."""
        return {vendor for vendor, seen in self.requests().items() if seen}

    def arrivals(self, vendor: str) -> list[float]:
        """When a vendor's requests came, in epoch seconds."""
        log: dict[str, list[float]] = self._client.get("/_log").json()
        return log[vendor]

    def until_asked(self, times: int, by: Running | None = None) -> None:
        """Wait for this many requests, or for the end of the command that sends them."""
        until(lambda: self.asked() >= times or (by is not None and by.ended), f"{times} requests")

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Suspend the vendors for the length of the block."""
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def reset(self) -> None:
        self._client.post("/_reset")


@dataclass(frozen=True, slots=True)
class Result:
    """What a command leaves behind."""

    code: int
    out: str
    err: str
    """Without lines of progress."""
    progress: Sequence[str] = ()

    @property
    def report(self) -> dict[str, Any]:
        """Standard output, which is exactly one JSON document."""
        assert self.out, self.err
        document: dict[str, Any] = json.loads(self.out)
        return document

    @property
    def counts(self) -> dict[str, int]:
        """The report's counts of customers that are not 0, without `read`; fails if they do not add up to it."""
        counts: dict[str, int] = dict(self.report["customers"])
        assert counts.pop("read") == sum(counts.values())
        return {count: number for count, number in counts.items() if number}


class Running:
    """A command under way."""

    def __init__(self, process: Process, out: Path, err: Path, remains: Remains) -> None:
        self.process = process
        self._out, self._err = out, err
        self._remains = remains

    @property
    def ended(self) -> bool:
        return self.process.poll() is not None

    def until_says(self, text: str) -> None:
        """Wait until this text is on standard error."""
        until(lambda: text in self._err.read_text(), text)

    def until_it_tells_how_it_goes(self) -> None:
        """Wait until a line of progress is on standard error."""
        until(lambda: PROGRESS.search(self._err.read_text()) is not None, "a line of progress")

    def until_it_takes_signals(self) -> None:
        """Wait until it handles signals itself; before that they have their default effect."""
        if Path("/proc/self/status").exists():
            until(lambda: self.ended or _takes(signal.SIGTERM, self.process.pid), "a handler of signals")
        else:
            time.sleep(1)

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def wait(self) -> Result:
        """Wait for the end. No command ever shows a traceback."""
        code = self.process.wait(timeout=PATIENCE)
        if code < 0:
            self._remains.look_about()
        said = self._err.read_text()
        err = PROGRESS.sub("", said)
        assert "Traceback" not in err
        return Result(code, self._out.read_text(), err, PROGRESS.findall(said))


def _takes(number: signal.Signals, pid: int) -> bool:
    """Linux shows which signals a process catches."""
    with suppress(FileNotFoundError, ProcessLookupError):
        status = Path(f"/proc/{pid}/status").read_text()
        (caught,) = re.findall(r"^SigCgt:\s*([0-9a-f]+)$", status, re.MULTILINE)
        return bool(int(caught, 16) & 1 << number - 1)
    return False


class Cli:
    """A user with a home, a folder, a store and settings of their own, and nothing else in the environment."""

    def __init__(self, home: Path, sandbox: SandboxProcess) -> None:
        self.home = home
        self.program = [PROGRAM]
        self.folder = home / "work"
        self.store = self.folder / "store.db"
        self.folder.mkdir(exist_ok=True)
        self._logs, temporary = home / "logs", home / "tmp"
        for folder in (self._logs, temporary):
            folder.mkdir(exist_ok=True)
        self.remains = Remains(home, self._logs)
        self._started: list[Process] = []
        self._open_pipes: list[BinaryIO] = []
        self.settings = {
            "HOME": str(home / "home"),
            "XDG_CONFIG_HOME": str(home / "home/config"),
            "XDG_DATA_HOME": str(home / "home/data"),
            "PATH": os.environ["PATH"],
            "TMPDIR": str(temporary),
            "LANG": "C.UTF-8",
            "ENRICHMENT_DB": str(self.store),
            **KEYS,
        }
        self.asks(sandbox)

    def asks(self, sandbox: SandboxProcess) -> None:
        """From now on, this sandbox plays the vendors."""
        self.settings |= sandbox.settings
        self.settings |= {name.replace("_BASE_URL", "_RATE"): "none" for name in sandbox.settings}

    def run(self, *arguments: str, stdin: str | bytes = "") -> Result:
        return self.start(*arguments, stdin=stdin).wait()

    def start(
        self, *arguments: str, stdin: str | bytes = "", stdin_goes_on: bool = False, stdout: int | None = None
    ) -> Running:
        """Begin a command. `stdout`: a descriptor to use instead of the file whose text becomes `Result.out`.

        `stdin_goes_on`: standard input stays open, although nothing more comes.
        """
        number = self.remains.begin(arguments, self.settings, self.store)
        out, err = self._logs / f"{number}.out", self._logs / f"{number}.err"
        given, giving = os.pipe()
        self.remains.give(content := stdin.encode() if isinstance(stdin, str) else stdin)
        with out.open("wb") as out_file, err.open("wb") as err_file, os.fdopen(given) as in_file:
            streams = in_file.fileno(), out_file.fileno() if stdout is None else stdout, err_file.fileno()
            process = self._process([*self.program, *arguments], *streams)
        self._started.append(process)
        pipe = os.fdopen(giving, "wb")
        pipe.write(content)
        pipe.flush()
        if stdin_goes_on:
            self._open_pipes.append(pipe)
        else:
            pipe.close()
        return Running(process, out, err, self.remains)

    def drawn(self, arguments: Sequence[str], text: str) -> None:
        """Record what a command drew on a terminal of the test's own."""
        number = self.remains.begin(arguments, self.settings, self.store)
        (self._logs / f"{number}.out").write_text(text)
        (self._logs / f"{number}.err").touch()

    def _process(self, command: list[str], stdin: int, stdout: int, stderr: int) -> Process:
        if self.program == [PROGRAM]:
            return ForkedProgram(command, self.folder, self.settings, stdin, stdout, stderr)
        return subprocess.Popen(command, stdin=stdin, stdout=stdout, stderr=stderr, cwd=self.folder, env=self.settings)

    def stop(self) -> None:
        """Let no process outlive its test."""
        for pipe in self._open_pipes:
            pipe.close()
        for process in self._started:
            if process.poll() is None:
                process.kill()
                process.wait()

    def write(self, name: str, content: str | bytes) -> str:
        """Put a file into the folder; returns its name."""
        content = content.encode() if isinstance(content, str) else content
        self.remains.give(content, name)
        (self.folder / name).write_bytes(content)
        return name

    def source(self, emails: Sequence[str], name: str = "customers.csv") -> str:
        """A file with a customer for each e-mail address."""
        return self.write(name, "\n".join(["Name,Email", *(f"Ada Sample,{email}" for email in emails), ""]))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Query the store directly."""
        with closing(_read_only(self.store)) as connection:
            return connection.execute(query).fetchall()

    def until_rows(self, query: str, number: int) -> None:
        """Wait until a query of the store returns this many rows."""
        until(lambda: len(self.rows(query)) == number, f"{number} rows of {query}")

    def until_in_the_air(self, number: int) -> None:
        """Wait until this many requests are under way. While the vendors are suspended, they stay so."""
        until(lambda: self._in_the_air() == number, f"{number} requests in the air")

    def _in_the_air(self) -> int:
        # There may be no store yet, and we must not create it.
        with suppress(sqlite3.OperationalError):
            return len(self.rows("SELECT 1 FROM open_lookups WHERE in_air > 0"))
        return 0

    def until_nobody_is_at_work(self) -> None:
        """Wait until nobody has the store open: the keeper of a killed run still writes down what has arrived."""
        until(lambda: not self.store.with_name(f"{self.store.name}-wal").exists(), "the end of all runs")

    def until_told_to_wait(self, vendor: str) -> None:
        """Wait until a vendor has told some run to pause."""
        until(lambda: vendor in self._pauses(), f"a pause of {vendor}")

    def _pauses(self) -> list[str]:
        # It may not exist yet, and we must not create it.
        with suppress(sqlite3.OperationalError), closing(_read_only(Path(f"{self.store}.pace"))) as file:
            return [vendor for (vendor,) in file.execute("SELECT vendor FROM pauses")]
        return []

    def booked(self) -> tuple[Decimal, Decimal]:
        """The ledger's sums, in dollars: what was certainly charged, and the same with what is in doubt."""
        ((cost, most),) = self.rows("SELECT TOTAL(cost), TOTAL(cost + in_doubt) FROM provider_lookups")
        return Decimal(int(cost)) / MICROS, Decimal(int(most)) / MICROS

    def assert_whole(self, bill: Decimal) -> None:
        """The store obeys every rule, and the vendors' bill lies between its cost and its cost with doubt."""
        checked = self.run("check")
        assert (checked.code, checked.err) == (0, ""), checked.out
        low, high = self.booked()
        assert low <= bill <= high, self.rows("SELECT provider, outcome, cost, in_doubt, at FROM provider_lookups")

    def files(self) -> dict[str, bytes]:
        """Every file in the folder and the home with its bytes."""
        roots = (self.folder, Path(self.settings["HOME"]))
        return {str(path): path.read_bytes() for root in roots for path in root.rglob("*") if path.is_file()}


def _read_only(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{file}?mode=ro", uri=True)


def hits(number: int, *, company: str = "pumps") -> list[str]:
    """Addresses that every vendor knows; the first vendor asked settles it, for $0.10."""
    return [f"ada.sample{place}+hit@{company}{place}.example" for place in range(number)]


Serve: TypeAlias = type[SandboxProcess]
User: TypeAlias = type[Cli]
Hits: TypeAlias = Callable[..., list[str]]


@pytest.fixture(scope="session", name="serve")
def _serve() -> Serve:
    """Starts a separate sandbox: `with serve("*=503:0.2", latency=0.1) as sandbox`."""
    return SandboxProcess


@pytest.fixture(scope="session", name="user")
def _user() -> User:
    """Makes another user, for tests where `cli` is not enough."""
    return Cli


@pytest.fixture(scope="session", name="hits")
def _hits() -> Hits:
    return hits


@pytest.fixture(scope="session")
def common_sandbox() -> Iterator[SandboxProcess]:
    with SandboxProcess() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(common_sandbox: SandboxProcess) -> SandboxProcess:
    """A sandbox without faults that has not been asked yet."""
    common_sandbox.reset()
    return common_sandbox


@pytest.fixture
def cli(tmp_path: Path, sandbox: SandboxProcess) -> Iterator[Cli]:
    """Whatever the test is about: afterwards no person and no key may be where it must not be."""
    cli = Cli(tmp_path, sandbox)
    yield cli
    cli.stop()
    if leaks := cli.remains.leaks():
        pytest.fail("\n".join(["it leaves behind", *leaks]), pytrace=False)


@pytest.fixture(scope="session")
def stock(tmp_path_factory: pytest.TempPathFactory, common_sandbox: SandboxProcess) -> Callable[[str], Path]:
    """A home for copying; one for each month, since that is what its customers are counted in."""

    @cache
    def made_in(month: str) -> Path:
        home = tmp_path_factory.mktemp(f"stock-{month}")
        cli = Cli(home, common_sandbox)
        assert cli.run("enrich", cli.source(hits(3)), "-o", "enriched.csv").code == 0
        common_sandbox.reset()
        return home

    return made_in


@pytest.fixture
def stocked(cli: Cli, stock: Callable[[str], Path], tmp_path: Path) -> Cli:
    """A user whose store holds the three customers in `customers.csv`, and whose `enriched.csv` exists."""
    shutil.copytree(stock(month_of(datetime.now(UTC))), tmp_path, dirs_exist_ok=True)
    cli.source(hits(3))
    cli.remains.outputs.add("enriched.csv")
    return cli
