"""The global options, and what follows from them and the settings."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from enrich_cli.cli.log import Log
from enrich_cli.domain.times import LOCAL, Times

if TYPE_CHECKING:
    from enrich_cli.settings import Settings


@dataclass(frozen=True, slots=True)
class Context:
    """The global options as given on the command line; None if not given."""

    db: Path | None
    company: str | None
    quiet: bool
    log: Log
    insecure: bool = False
    times: Times = LOCAL

    @property
    def program(self) -> str:
        """The beginning of a command about the same store and company, for advice that works when it is pasted."""
        given = {"--db": self.db, "--company": self.company}
        options = [word for option, value in given.items() if value is not None for word in (option, str(value))]
        return shlex.join(["enrich-cli", *options, *(["--insecure"] if self.insecure else [])])

    def store_and_company(self, settings: Settings, *, sandbox: bool = False) -> tuple[Path, str]:
        """Where the store is, and which company the command is about.

        Raises CompanyKeyError if a company key is set and belongs to another company.
        """
        path, company = self.store_path(settings, sandbox=sandbox), self.company or settings.company
        if settings.company_key is not None:
            from enrich_cli.store.company_key import CompanyKey, refuse_other_companies

            refuse_other_companies(path, CompanyKey.parse(settings.company_key.get_secret_value()), company)
        return path, company

    def store_path(self, settings: Settings, *, sandbox: bool) -> Path:
        """Where the store is. A default store's folder is created if possible; any other folder must exist.

        Raises StoreError: a missing store may be a new one, but a missing folder is a typing error, and without a home
        folder there is no default store.
        """
        given = self.db or (None if sandbox else settings.db)
        if given is not None:
            from enrich_cli.store.file_checks import refuse_missing_folder

            refuse_missing_folder(given)
            return given
        from enrich_cli.store.user_folders import data_folder

        if (folder := data_folder()) is None:
            from enrich_cli.store.errors import StoreError

            raise StoreError(
                "there is no default place for the store, since this user has no home folder: set HOME, or give --db"
            )
        return folder / ("sandbox.db" if sandbox else "enrichment.db")
