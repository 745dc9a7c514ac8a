"""The options that stand before the command, and what they come to with the settings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from enrich_cli.cli.log import Log
from enrich_cli.domain.times import LOCAL, Times

if TYPE_CHECKING:
    from enrich_cli.settings import Settings


@dataclass(frozen=True, slots=True)
class Context:
    """The options before the command, as given on the command line; None where not given."""

    db: Path | None
    company: str | None
    quiet: bool
    log: Log
    insecure: bool = False
    times: Times = LOCAL

    def store_and_company(self, settings: Settings, *, sandbox: bool = False) -> tuple[Path, str]:
        """Where the store is, and whose rows of it the command is about.

        Raises CompanyKeyError where a company key is set that opens another's.
        """
        path, company = self.store_path(settings, sandbox=sandbox), self.company or settings.company
        if settings.company_key is not None:
            from enrich_cli.store.company_key import CompanyKey, refuse_other_companies

            refuse_other_companies(path, CompanyKey.parse(settings.company_key.get_secret_value()), company)
        return path, company

    def store_path(self, settings: Settings, *, sandbox: bool = False) -> Path:
        """Where the store is. The folder of a default store is made, where it can be; any other must be there.

        Raises StoreError: a new company has no store yet, but a folder that is not there is mistyped; and a default
        store is nowhere for a user without a home folder.
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
                "the place of the store is not known, since this user has no home folder: set HOME, or give --db"
            )
        return folder / ("sandbox.db" if sandbox else "enrichment.db")
