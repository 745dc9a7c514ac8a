"""What Faker makes up for the sandbox."""

from __future__ import annotations

import os
import subprocess
import sys

from enrich_cli.sandbox.companies import LEGAL_FORMS
from enrich_cli.sandbox.subject import MARKS, name_in, slug
from enrich_cli.sandbox.words import COMPANIES, FAMILY_NAMES, GIVEN_NAMES, STREETS

POOLS = "from enrich_cli.sandbox.words import *; print(GIVEN_NAMES, FAMILY_NAMES, COMPANIES, STREETS)"


def test_every_process_makes_up_the_same() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", POOLS], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert told == {f"{GIVEN_NAMES} {FAMILY_NAMES} {COMPANIES} {STREETS}\n".encode()}


def test_there_are_many_of_each_and_none_twice() -> None:
    for pool, least in ((GIVEN_NAMES, 200), (FAMILY_NAMES, 400), (COMPANIES, 200), (STREETS, 40)):
        assert len(set(pool)) == len(pool) >= least


def test_a_name_comes_back_whole_out_of_a_handle() -> None:
    assert all(name_in(slug(f"{name} Sample"))[0].lower() == name.lower() for name in GIVEN_NAMES)
    assert all(name_in(slug(f"Ada {name}"))[1].lower() == name.lower() for name in FAMILY_NAMES)


def test_no_company_bears_a_legal_form_and_no_name_is_a_mark() -> None:
    assert not [name for name in COMPANIES if name.split()[-1].lower() in LEGAL_FORMS]
    assert not MARKS & {word.lower() for name in (*GIVEN_NAMES, *FAMILY_NAMES, *COMPANIES) for word in name.split()}


def test_it_is_made_up_only_where_the_sandbox_runs() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import sys, enrich_cli.cli.app; print('faker' in sys.modules)"],
        capture_output=True,
        check=True,
    )
    assert told.stdout == b"False\n"
