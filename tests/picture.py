"""`make picture`: the picture in the README, of a real run on the demo's data against the built-in simulator."""

from __future__ import annotations

import fcntl
import io
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "sample_data" / "customers.csv"
PICTURE = ROOT / "sample_data" / "picture.svg"
PROGRAM = Path(sys.executable).with_name("enrich-cli")
COLUMNS = 94
SHOWN = (
    "enrich-cli --db demo.db enrich customers.csv --sandbox -o enriched.csv",
    "enrich-cli --db demo.db show --compact C-1036",
    "enrich-cli --db demo.db quota",
)


def drawn(command: list[str], folder: Path) -> str:
    """What a command draws on a terminal; its progress, which comes and goes, is left out."""
    terminal, own = pty.openpty()
    fcntl.ioctl(own, termios.TIOCSWINSZ, struct.pack("HHHH", 60, COLUMNS, 0, 0))
    settings = {"HOME": str(folder), "PATH": os.environ["PATH"], "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    with subprocess.Popen(command, cwd=folder, env=settings, stdout=own, stderr=subprocess.DEVNULL) as process:
        os.close(own)
        drawn = b""
        while block := _read(terminal):
            drawn += block
    os.close(terminal)
    if process.returncode:
        raise SystemExit(f"{command} failed with {process.returncode}")
    return drawn.decode().replace("\r\n", "\n").rstrip()


def _read(terminal: int) -> bytes:
    """What comes next; nothing when the other end is closed, which Linux tells by an error."""
    try:
        return os.read(terminal, 1 << 16)
    except OSError:
        return b""


def main() -> None:
    """Draw it. Nobody who looks at it loads a font from elsewhere."""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        shutil.copy(SOURCE, folder)
        drawn([str(PROGRAM), "--db", "demo.db", "set-tier", "pro"], folder)
        console = Console(record=True, width=COLUMNS, file=io.StringIO())
        for line in SHOWN:
            console.print(Text(f"$ {line}", style="bold"))
            console.print(Text.from_ansi(drawn([str(PROGRAM), *line.split()[1:]], folder)), end="\n\n")
    console.save_svg(
        str(PICTURE),
        title="enrich-cli",
        code_format=re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL),
        unique_id="run",
    )


if __name__ == "__main__":
    main()
