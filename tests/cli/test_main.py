"""The console script before the program is loaded."""

from __future__ import annotations

import subprocess
import sys

INTERRUPTED_WHILE_LOADING = """
import sys
from enrich_cli.cli import main

class CtrlC:
    def find_spec(self, name, *_):
        if name == "enrich_cli.cli.app":
            raise KeyboardInterrupt

sys.meta_path.insert(0, CtrlC())
main()
"""


def test_ctrl_c_while_it_loads_ends_it_without_a_word() -> None:
    ended = subprocess.run(
        (sys.executable, "-c", INTERRUPTED_WHILE_LOADING), capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "")
