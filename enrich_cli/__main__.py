"""`python -m enrich_cli`."""

from enrich_cli.cli import main

main()
