"""How long does the help keep people waiting?"""

from __future__ import annotations

from tests.bench.place import Place
from tests.bench.result import Result
from tests.bench.start_up import against


def measure(place: Place, rounds: int) -> Result:
    """`--help` against a Python that only imports what it is made with. `--version` does less."""
    return against(
        place, rounds, ("--help",), "import typer", name="--help: time against importing what it needs", at_most=1.3
    )
