"""README.md and .env.example say what the program does: a command, option or setting is in all of them or in none.

CONTRIBUTING.md describes every room, and names no `make` target that there is not.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.main import get_group
from typer.testing import CliRunner

from enrich_cli.cli.app import app, run
from enrich_cli.domain.data_type import DataType
from enrich_cli.domain.models import model_fields
from enrich_cli.domain.rate import parse_rate
from enrich_cli.domain.social import Profile
from enrich_cli.providers import attom, corelogic, facebook, linkedin
from enrich_cli.providers.base import Provider
from enrich_cli.providers.catalog import PROVIDERS, default_chain
from enrich_cli.sandbox.faults import KINDS
from enrich_cli.settings import Keys, ProviderSettings, Settings, VendorOptions
from tests.picture import SHOWN

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
CODE = re.findall(r"^ *```sh\n(.*?)^ *```", README, re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
SPANS = SPAN.findall(README)
COMMANDS = frozenset(get_group(app).commands)
EXAMPLES = [line.strip() for block in CODE for line in block.splitlines() if line.strip().startswith("enrich-cli ")]


def own_settings() -> set[str]:
    """Every variable of the program itself, every key, and what is one vendor's alone."""
    prefix = str(Settings.model_config["env_prefix"])
    of_program = {
        str(field.validation_alias or f"{prefix}{name}").upper() for name, field in Settings.model_fields.items()
    }
    return of_program | {name.upper() for name in (*Keys.model_fields, *VendorOptions.model_fields)}


def provider_settings(name: str) -> set[str]:
    return {f"{name}_{field}".upper() for field in ProviderSettings.model_fields}


def options_of(*command: str) -> set[str]:
    """What stands before the explanations in a command's help."""
    shown = CliRunner().invoke(app, [*command, "--help"], env={"COLUMNS": "200"}).output
    return {option for entry in re.findall(r"^  (-.*?)  ", shown, re.MULTILINE) for option in options_in(entry)}


def options_in(text: str) -> list[str]:
    return re.findall(r"(?<![\w-])--?[a-z][a-z-]*", text)


def uncommented(tmp_path: Path) -> Path:
    """The example as a file of settings, every one of them set to what it shows."""
    file = tmp_path / "example.env"
    file.write_text(re.sub(r"^#(?=[A-Z_]+=)", "", EXAMPLE, flags=re.MULTILINE), encoding="utf-8")
    return file


@pytest.fixture
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in own_settings().union(*(provider_settings(provider.name) for provider in PROVIDERS)):
        monkeypatch.delenv(variable, raising=False)


def test_every_command_that_exists_is_named_and_every_one_that_is_named_exists() -> None:
    named = {command for text in [*EXAMPLES, *SPANS] for command in re.findall(r"^enrich-cli ([a-z][a-z-]*)", text)}
    assert named == COMMANDS


@pytest.mark.parametrize("line", EXAMPLES)
def test_every_example_is_a_command_line_that_the_program_understands(line: str) -> None:
    words = shlex.split(re.split(r" [<>|] ", line)[0], comments=True)
    assert run([*words[1:], "--help"]) == 0


def test_every_option_that_is_shown_exists_and_every_one_that_exists_is_shown() -> None:
    shown = {option for text in [*EXAMPLES, *SPANS] for option in options_in(text)}
    assert shown == options_of().union(*(options_of(command) for command in COMMANDS))


def test_every_setting_is_explained_and_every_setting_that_is_explained_exists() -> None:
    explained = {span for span in SPANS if re.fullmatch(r"[A-Z]+(_[A-Z]+)+", span)}
    assert explained == own_settings() | provider_settings("NAME")


def test_the_example_lists_every_setting_of_the_program_and_of_each_provider_and_no_other() -> None:
    listed = re.findall(r"^#([A-Z_]+)=", EXAMPLE, re.MULTILINE)
    assert sorted(listed) == sorted(own_settings().union(*(provider_settings(one.name) for one in PROVIDERS)))


@pytest.mark.usefixtures("_no_settings")
def test_the_example_shows_the_defaults(tmp_path: Path) -> None:
    file = uncommented(tmp_path)
    assert Settings.load(_env_file=file) == Settings.load(_env_file=None)
    assert Keys.load(_env_file=file) == Keys.load(_env_file=None)
    assert VendorOptions.load(_env_file=file) == VendorOptions.load(
        _env_file=None,
        linkedin_host=linkedin.HOST,
        linkedin_path=linkedin.PATH,
        facebook_graph_version=facebook.VERSION,
        attom_reports=attom.REPORTS,
        corelogic_reports=corelogic.REPORTS,
    )


@pytest.mark.usefixtures("_no_settings")
@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.name)
def test_the_example_shows_what_each_provider_comes_with(provider: Provider, tmp_path: Path) -> None:
    shown = ProviderSettings.load(_env_prefix=f"{provider.name.upper()}_", _env_file=uncommented(tmp_path))
    assert shown.base_url == provider.base_url
    assert shown.rate == parse_rate(provider.rate)
    assert (shown.timeout, shown.cost_usd) == (provider.timeout, provider.price)


def test_every_provider_is_named_with_its_keys_and_its_price() -> None:
    for provider in PROVIDERS:
        row = next(line for line in README.splitlines() if line.startswith(f"| `{provider.name}` |"))
        assert all(f"`{key}`" in row for key in provider.keys)
        assert ("not known" if provider.price is None else f"${provider.price} ") in row


def test_the_picture_is_there_and_loads_nothing_from_anywhere() -> None:
    (place,) = re.findall(r"!\[.+\]\((.+)\)", README)
    picture = (ROOT / place).read_text(encoding="utf-8")
    assert all(line.replace(" ", "&#160;") in picture for line in SHOWN)
    assert not re.search(r"url\((?!#)|(href|src)=", picture)


def test_every_make_target_that_is_named_is_in_the_makefile() -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    named = {
        target
        for text in [*CODE, *SPANS, *SPAN.findall(CONTRIBUTING)]
        for target in re.findall(r"^make ([a-z-]+)", text, re.MULTILINE)
    }
    assert {"demo", "test"} <= named <= set(targets)


def test_every_room_is_described() -> None:
    rooms = {path.parent.name for path in (ROOT / "enrich_cli").glob("*/__init__.py")}
    assert {span.removesuffix("/") for span in SPAN.findall(CONTRIBUTING) if re.fullmatch(r"[a-z]+/", span)} == rooms


@pytest.mark.parametrize("kind", KINDS)
def test_every_fault_of_the_sandbox_is_explained_in_the_readme_and_in_its_help(kind: str) -> None:
    shown = CliRunner().invoke(app, ["sandbox", "--help"], env={"COLUMNS": "200"}).output
    assert kind in SPANS
    assert re.search(rf"\b{kind}\b", shown)


@pytest.mark.parametrize("data_type", DataType)
def test_every_data_type_is_named_with_its_chain_and_its_fields(data_type: DataType) -> None:
    row = next(line for line in README.splitlines() if line.startswith(f"| {data_type} | "))
    assert f"| {', '.join(provider.name for provider in default_chain(data_type))} |" in row
    names = set(Profile.__struct_fields__) if data_type is DataType.SOCIAL else model_fields(data_type)
    assert set(names) <= set(re.findall(r"`(\w+)`", row))
