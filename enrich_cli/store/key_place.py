"""Where the user keeps the key to the store: in a setting or a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from enrich_cli.store.company_key import CompanyKey
from enrich_cli.store.errors import CompanyKeyError, MasterKeyError
from enrich_cli.store.key_file import key_from_file
from enrich_cli.store.master_key import MasterKey
from enrich_cli.store.user_folders import config_folder

if TYPE_CHECKING:
    from enrich_cli.settings import Settings


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """Where the key is: a company key in its setting, else the master key in a setting, else in a file."""

    text: str | None = field(repr=False)
    set_file: Path | None
    company_key: str | None = field(default=None, repr=False)

    @property
    def file(self) -> Path:
        """The key file: from the setting, else in the user's configuration folder.

        Raises MasterKeyError for a user without a home folder.
        """
        if self.set_file is not None:
            return self.set_file
        if folder := config_folder():
            return folder / "master.key"
        raise MasterKeyError(
            "there is no default place for the key file, since this user has no home folder: set HOME, "
            "ENRICHMENT_MASTER_KEY or ENRICHMENT_MASTER_KEY_FILE"
        )

    def __call__(self, create: bool) -> MasterKey | CompanyKey:
        """The key; with `create`, a missing key file is made. Raises MasterKeyError or CompanyKeyError."""
        return CompanyKey.parse(self.company_key) if self.company_key is not None else self.master(create)

    def master(self, create: bool) -> MasterKey:
        """The master key. Raises MasterKeyError, and CompanyKeyError if a company key is set."""
        if self.company_key is not None:
            raise CompanyKeyError("this needs the master key, and ENRICHMENT_COMPANY_KEY opens one company: unset it")
        if self.text is not None:
            return MasterKey.parse(self.text, "ENRICHMENT_MASTER_KEY")
        return key_from_file(self.file, create=create)


def key_place(settings: Settings) -> KeyPlace:
    """The place of the key, according to the settings."""
    return KeyPlace(
        settings.master_key.get_secret_value() if settings.master_key else None,
        settings.master_key_file,
        settings.company_key.get_secret_value() if settings.company_key else None,
    )
