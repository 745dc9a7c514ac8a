"""Everything that one user's commands leave behind, to be searched for people and keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from enrich_cli.settings import Keys
from enrich_cli.store.master_key import MasterKey
from tests.e2e.scanner import Scanner

SETTINGS = (*(name.upper() for name in Keys.model_fields), "ENRICHMENT_MASTER_KEY", "ENRICHMENT_COMPANY_KEY")
KEY_FILE = "master.key"
KEY_FILES = (KEY_FILE, f".{KEY_FILE}.*")
"""Including the drafts beside it, which are as private and may survive a kill."""
SHOWS_PEOPLE = frozenset({"show", "export", "subject-report"})
SHOWS_KEYS = frozenset({"company-key", "rotate-key"})


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere people or keys could be."""

    name: str
    content: bytes
    people: bool = True
    """Are they forbidden here?"""
    secrets: bool = True


@dataclass(slots=True)
class Remains:
    """Everything below a user's home, and the words of every command, which show what the user asked for."""

    home: Path
    logs: Path
    written: set[str] = field(default_factory=set)
    """The names of the files that the test made itself."""
    outputs: set[str] = field(default_factory=set)
    """The names of the files that hold people because the user asked for them."""
    _commands: list[Sequence[str]] = field(default_factory=list)
    _stores: set[Path] = field(default_factory=set)
    _masters: dict[bytes, MasterKey] = field(default_factory=dict)
    _after_kills: list[Place] = field(default_factory=list)
    _scanner: Scanner = field(default_factory=Scanner)

    def give(self, content: bytes, name: str | None = None) -> None:
        """The test made this file, or put this on standard input."""
        self._scanner.learn_source(content)
        if name:
            self.written.add(name)

    def begin(self, arguments: Sequence[str], settings: Mapping[str, str], store: Path) -> int:
        """A command begins; returns its number, which names its log files."""
        self._commands.append(arguments)
        self._stores.add(store)
        self.outputs |= {Path(word).name for before, word in pairwise(("", *arguments)) if before != "--db"}
        for name in SETTINGS:
            self._scanner.learn_secret(settings.get(name, ""), name)
        self._scanner.learn_said("\n".join([*arguments, *settings.values()]))
        self._learn_master_keys(settings.get("ENRICHMENT_MASTER_KEY", ""))
        return len(self._commands) - 1

    def look_about(self) -> None:
        """A command was killed: keep what is there now, before another one clears it up."""
        self._after_kills += self._files("after a kill, ")

    def leaks(self) -> list[str]:
        """The places with something personal or secret that must not be there, each with its kind, never its value."""
        self._learn_master_keys("")
        for number, arguments in enumerate(self._commands):
            if SHOWS_KEYS & set(arguments):
                self._scanner.learn_said((self.logs / f"{number}.out").read_text(errors="replace"))
        for store in self._stores:
            self._scanner.learn_store(store, self._masters.values())
        return [
            f"{place.name}: {kind}"
            for place in self.places()
            for kind in self._scanner.found(place.content, people=place.people, secrets=place.secrets)
        ]

    def places(self) -> Iterator[Place]:
        """All of them: streams, files, and what was there after kills."""
        for number, arguments in enumerate(self._commands):
            name = next((word for word in arguments if not word.startswith("-")), "enrich-cli")
            out, err = (self.logs / f"{number}.{stream}" for stream in ("out", "err"))
            shows_people = SHOWS_PEOPLE & set(arguments) or ("-o", "-") in pairwise(arguments)
            yield Place(f"stdout of {name}", out.read_bytes(), not shows_people, not SHOWS_KEYS & set(arguments))
            yield Place(f"stderr of {name}", err.read_bytes())
        yield from self._files()
        yield from self._after_kills

    def _files(self, when: str = "") -> Iterator[Place]:
        for path in sorted(self.home.rglob("*")):
            if path.parent == self.logs or path.name in self.written or not path.is_file():
                continue
            # The keeper of a killed run may still be at work.
            with suppress(FileNotFoundError):
                asked_for = path.name in self.outputs and path not in self._stores
                name = f"{when}{path.relative_to(self.home)}"
                yield Place(name, path.read_bytes(), not asked_for, not any(map(path.match, KEY_FILES)))

    def _learn_master_keys(self, text: str) -> None:
        for found in (text, *(path.read_text() for path in self.home.rglob(KEY_FILE))):
            if key := self._scanner.learn_master_key(found):
                self._masters[key.secret] = key
