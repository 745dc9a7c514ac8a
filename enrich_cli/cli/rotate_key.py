"""`enrich-cli rotate-key`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from enrich_cli.cli.context import Context
from enrich_cli.cli.option_types import AsJson, SandboxStore
from enrich_cli.console.words import COPIES_LEFT

if TYPE_CHECKING:
    from enrich_cli.cli.log import Log
    from enrich_cli.store.master_key import MasterKey
    from enrich_cli.store.rotation import Resealed


def command(
    context: typer.Context,
    deep: Annotated[bool, typer.Option("--deep", help="Also make new sealing keys, and reseal everything.")] = False,
    sandbox: SandboxStore = False,
    as_json: AsJson = False,
) -> None:
    """Seal the store with a new master key; the old one no longer opens it.

    The new key goes into the key file, above the old one, which other stores and backups may still need. If the key is
    in ENRICHMENT_MASTER_KEY, the new one is printed before it is used. It is safe to kill this at any instant; if
    --deep was not finished, run it again to continue. Company keys remain valid.

    Examples:

        enrich-cli rotate-key

        enrich-cli rotate-key --deep
    """
    from enrich_cli.settings import Settings
    from enrich_cli.store.key_file import add_key
    from enrich_cli.store.key_place import key_place
    from enrich_cli.store.rotation import is_resealing, reseal, rotate_master

    options: Context = context.obj
    settings = Settings.load()
    path, place = options.store_path(settings, sandbox=sandbox), key_place(settings)
    is_begun = is_resealing(path)
    master = place.master(False)
    in_file = place.text is None

    def in_the_file() -> MasterKey:
        return add_key(place.file)

    def printed() -> MasterKey:
        new = master.renewed()
        typer.echo(_document(new_master_key=new.text) if as_json else new.text)
        return new

    rotated = not (is_begun and deep)
    if rotated:
        master = rotate_master(path, master, in_the_file if in_file else printed)
    resealed = reseal(path, master) if deep else None
    # A printed key was the whole document already: it comes before anything can be resealed.
    if as_json and (in_file or not rotated):
        count = resealed.values if resealed else None
        typer.echo(_document(key_file=str(place.file) if rotated else None, resealed=count))
    elif not options.quiet:
        if rotated:
            where = f"it is the first in {place.file}" if in_file else "set ENRICHMENT_MASTER_KEY to it"
            typer.echo(f"{path} is sealed with a new master key: {where}", err=not in_file)
        if resealed:
            typer.echo(f"values resealed: {resealed.values}", err=not in_file)
    if resealed:
        _say_what_remains(resealed, options.log)


def _say_what_remains(resealed: Resealed, log: Log) -> None:
    """Raises Exit if some values could not be resealed."""
    if not resealed.erased:
        log.warning(COPIES_LEFT)
    if resealed.broken:
        log.failure(
            f"sealed values that do not open: {resealed.broken}; `check` lists them. The old key is "
            "kept for them: forget or purge these customers, and run this again"
        )
        raise typer.Exit(1)


def _document(*, new_master_key: str | None = None, key_file: str | None = None, resealed: int | None = None) -> str:
    """The command's JSON document."""
    return json.dumps({"new_master_key": new_master_key, "key_file": key_file, "resealed": resealed})
