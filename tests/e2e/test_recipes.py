"""What the README tells people to let a machine do, done as a machine would: by cron, by systemd."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from prometheus_client.parser import text_string_to_metric_families

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli, Hits, SandboxProcess, Serve

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
(CRONTAB,) = re.findall(r"^```crontab\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
((SEARCHED, LINES),) = re.findall(r"\APATH=(.*?)\n(.*)", CRONTAB, re.DOTALL)
FIELD = r"(?:\*(?:/\d+)?|\d+)"
SCHEDULED = re.findall(rf"^(?:{FIELD} +){{5}}(.*)$", LINES, re.MULTILINE)
(UNITS,) = re.findall(r"^```ini\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
(TOUR,) = re.findall(r"### Five minutes.*?^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def recipe(word: str) -> str:
    """The command of the line that has a word in it."""
    commands: list[str] = [line for line in SCHEDULED if word in line]
    assert len(commands) == 1
    return commands[0]


class Cron:
    """Runs lines of the crontab with no environment but cron's, from another folder, without a terminal."""

    def __init__(self, cli: Cli) -> None:
        self._cli = cli
        self.metrics = cli.folder / "metrics"
        self.metrics.mkdir()
        self.set()

    def set(self, **changed: str) -> None:
        """Put the settings where the recipes say that they are."""
        cli = self._cli
        settings = {name: value for name, value in cli.settings.items() if re.search(r"ENRICH|_KEY|_URL|_RATE", name)}
        settings |= {"ENRICHMENT_MASTER_KEY_FILE": str(next(cli.home.rglob("master.key"))), **changed}
        cli.write(".env.local", "".join(f"{name}={value}\n" for name, value in settings.items()))
        (cli.folder / ".env.local").chmod(0o600)

    def start(self, command: str) -> subprocess.Popen[str]:
        for shown, here in (("/srv/enrich", self._cli.folder), ("/var/lib/node_exporter/textfile", self.metrics)):
            command = command.replace(shown, str(here))
        home = self._cli.settings["HOME"]
        path = SEARCHED.replace("/usr/local/bin", str(Path(self._cli.program[0]).parent))
        return subprocess.Popen(
            ["env", "-i", f"HOME={home}", "LOGNAME=enrich", "SHELL=/bin/sh", f"PATH={path}", "/bin/sh", "-c", command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd="/",
            text=True,
        )

    def mail(self, process: subprocess.Popen[str]) -> tuple[int, str]:
        """The exit code, and what cron would mail."""
        out, err = process.communicate(timeout=60)
        self._cli.drawn((), out + err)
        return process.returncode, out + err

    def run(self, command: str) -> tuple[int, str]:
        return self.mail(self.start(command))


@pytest.fixture
def cron(stocked: Cli) -> Cron:
    return Cron(stocked)


def test_every_line_is_one_that_cron_takes() -> None:
    assert len(SCHEDULED) == len([line for line in LINES.splitlines() if not line.startswith("#")]) == 5
    assert "%" not in CRONTAB


@pytest.mark.parametrize("command", [line for line in SCHEDULED if "-q" in line])
def test_when_all_is_well_nothing_is_mailed(cron: Cron, command: str) -> None:
    assert cron.run(command) == (0, "")


def test_what_is_no_longer_fresh_is_bought_again_and_nothing_mailed(cron: Cron, sandbox: SandboxProcess) -> None:
    cron.set(ENRICHMENT_CACHE_TTL="0")
    assert cron.run(recipe("--expired")) == (0, "")
    assert str(sandbox.bill()) == "0.30"


def test_trouble_is_mailed(cron: Cron) -> None:
    no_keys = dict.fromkeys(("CLEARBIT_API_KEY", "FULLCONTACT_API_KEY", "HUNTER_API_KEY"), "")
    cron.set(ENRICHMENT_CACHE_TTL="0", **no_keys)
    code, mail = cron.run(recipe("--expired"))
    assert (code, "HUNTER_API_KEY" in mail) == (5, True)


def test_so_is_that_a_cap_was_reached(cron: Cron) -> None:
    cron.set(ENRICHMENT_CACHE_TTL="0")
    code, mail = cron.run(recipe("--expired").replace("--max-cost 5", "--max-cost 0.10"))
    assert (code, mail.count("\n")) == (4, 1)
    assert "no quota or budget was left for 2 customers" in mail


def test_so_is_what_failed_and_why(cron: Cron, stocked: Cli, serve: Serve, hits: Hits) -> None:
    with serve("*:402") as sandbox:
        stocked.asks(sandbox)
        cron.set()
        new = stocked.source(hits(5)[3:], "new.csv")
        code, mail = cron.run(recipe("--expired").replace("refresh --expired", f"enrich {new}"))
    assert (code, mail.count("\n")) == (3, 1)
    assert "2 customers lack data because lookups failed (clearbit: " in mail


def test_a_second_one_at_the_same_time_is_fine_and_says_so_unless_it_is_to_be_quiet(
    cron: Cron, stocked: Cli, sandbox: SandboxProcess
) -> None:
    cron.set(ENRICHMENT_CACHE_TTL="0")
    with sandbox.stopped():
        first = cron.start(recipe("--expired"))
        stocked.until_in_the_air(3)
        others = [cron.start(recipe("--expired")), cron.start(recipe("--expired").replace(" -q", ""))]
        stocked.until_rows("SELECT * FROM runs WHERE state = 'running'", 3)
    (code, mail), (quiet_code, quiet_mail), (loud_code, loud_mail) = map(cron.mail, (first, *others))
    assert (code, mail, quiet_code, quiet_mail, loud_code) == (0, "", 0, "", 0)
    assert "another run is at work" in loud_mail or "other runs are at work" in loud_mail
    assert sandbox.asked() == 3


def test_the_monthly_report_is_mailed_as_plain_text(cron: Cron) -> None:
    code, mail = cron.run(recipe("--months"))
    assert (code, "$0.30" in mail, "\x1b" in mail) == (0, True, False)


def test_the_figures_are_what_prometheus_reads_and_nothing_is_mailed(cron: Cron) -> None:
    assert cron.run(recipe("prometheus")) == (0, "")
    (file,) = cron.metrics.iterdir()
    assert list(text_string_to_metric_families(file.read_text()))


def test_the_tour_is_what_happens(cli: Cli) -> None:
    cli.settings = {name: cli.settings[name] for name in ("HOME", "PATH", "LANG", "TMPDIR")}
    (cli.folder / "sample_data").symlink_to(ROOT / "sample_data")
    commands = [shlex.split(line, comments=True)[1:] for line in TOUR.splitlines()]
    results = [cli.run(*command) for command in commands]
    assert [result.code for result in results] == [0, 4, *[0] * (len(commands) - 2)]
    assert "enrich done" in results[2].out


class TestTheUnits:
    """Files for systemd."""

    KNOWN: Mapping[str, frozenset[str]] = {
        "Unit": frozenset({"Description", "Wants", "After"}),
        "Service": frozenset({"Type", "User", "WorkingDirectory", "ExecStart", "NoNewPrivileges"}),
        "Timer": frozenset({"OnCalendar", "RandomizedDelaySec", "Persistent"}),
        "Install": frozenset({"WantedBy"}),
    }

    @staticmethod
    def units() -> dict[str, str]:
        """File → its text."""
        return dict(re.findall(r"^# /etc/systemd/system/(\S+)\n(.*?)(?=^# /etc|\Z)", UNITS, re.MULTILINE | re.DOTALL))

    def test_every_key_stands_in_a_section_that_has_it(self) -> None:
        assert self.units().keys() == {"enrich.service", "enrich.timer"}
        for text in self.units().values():
            section = ""
            for line in filter(None, text.splitlines()):
                if name := re.fullmatch(r"\[(\w+)\]", line):
                    section = name[1]
                else:
                    assert line.partition("=")[0] in self.KNOWN[section]

    def test_they_run_what_cron_runs(self) -> None:
        (command,) = re.findall(r"^ExecStart=/usr/local/bin/(.*)$", UNITS, re.MULTILINE)
        assert recipe("--expired").endswith(f"&& {command}")

    @pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
    def test_systemd_takes_them(self, cli: Cli) -> None:
        for name, text in self.units().items():
            here = text.replace("/usr/local/bin/enrich-cli", cli.program[0]).replace("User=enrich", "User=root")
            cli.write(name, here)
        said = subprocess.run(
            ["systemd-analyze", "verify", *self.units()], cwd=cli.folder, capture_output=True, text=True, check=False
        )
        assert (said.returncode, said.stderr) == (0, "")
