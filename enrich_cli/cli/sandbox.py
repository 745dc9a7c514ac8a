"""`enrich-cli sandbox`."""

from __future__ import annotations

from typing import Annotated

import typer

from enrich_cli.cli import completion
from enrich_cli.cli.context import Context


def command(
    context: typer.Context,
    port: Annotated[
        int,
        typer.Option(
            "--port", metavar="PORT", min=0, max=65_000, help="The first of ten ports in a row; 0 takes any free ones."
        ),
    ] = 0,
    latency: Annotated[
        float, typer.Option("--latency", min=0, metavar="SECONDS", help="How long to wait before each answer.")
    ] = 0.0,
    fault: Annotated[
        list[str] | None,
        typer.Option(
            "--fault",
            autocompletion=completion.faults,
            metavar="VENDOR=KIND[:N]",
            help="Trouble for all requests, the first N (as in 5), or a share N of them (as in 0.2). Join several with "
            "commas; repeatable.",
        ),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="Decides who is known, and what goes wrong.")] = 0,
    wrong_person: Annotated[
        float,
        typer.Option(
            "--wrong-person",
            min=0,
            max=1,
            metavar="SHARE",
            help="The share of hits that are about somebody else, 0 to 1.",
        ),
    ] = 0.03,
) -> None:
    """Serve the local vendor simulator until Ctrl-C, and print the lines that point enrich-cli to it.

    All of its data is synthetic. GET /_bill on any of its ports shows what it has charged.

    VENDOR is a name, or * for all. KIND is a refusal that costs nothing (401, 402, 403, 404path, 429, credit, 500,
    502, 503, redirect, and retry-after-N or retry-date-N with N seconds), or trouble with an answer that is charged
    (slow, slow-N, close, reset, truncated, timeout, html, shape, types, huge, deep, bomb).

    Examples:

        enrich-cli sandbox --latency 0.1 --fault hunter=503:0.2 > .env.local

        enrich-cli sandbox --fault hunter=429:5,twitter=timeout
    """
    import signal
    from contextlib import AsyncExitStack

    import anyio

    from enrich_cli.console.sandbox import SERVING, base_url_lines
    from enrich_cli.domain.errors import UsageProblem
    from enrich_cli.sandbox.faults import Fault
    from enrich_cli.sandbox.server import serving

    try:
        faults = [one for text in fault or () for one in Fault.parse_all(text)]
    except ValueError as error:
        raise UsageProblem(f"--fault: {error}") from None

    async def serve() -> None:
        serving_all = serving(port=port, latency=latency, faults=faults, seed=seed, wrong_person=wrong_person)
        async with AsyncExitStack() as stack:
            signals = stack.enter_context(anyio.open_signal_receiver(signal.SIGINT, signal.SIGTERM))
            try:
                sandbox = await stack.enter_async_context(serving_all)
            except OSError as error:
                raise UsageProblem(
                    f"--port {port}: {error.strerror or 'it is not available'}; choose other ports"
                ) from None
            typer.echo("\n".join(base_url_lines(sandbox.base_urls)))
            options: Context = context.obj
            options.log.note(SERVING)
            async for _ in signals:
                return

    anyio.run(serve)
