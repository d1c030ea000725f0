"""The command line: parse, call, print. Commands hold no rule of their own.

Exit codes: 0 done, 1 error, 2 usage, 3 ``verify`` found a fault or ``estimate`` refuses.
"""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

import typer

from cenotaph._version import __version__
from cenotaph.cli import (
    building,
    deciding,
    estimating,
    exchanging,
    looking,
    measuring,
    narrating,
    reviewing,
    starting,
    talking,
)
from cenotaph.cli.output import ERROR, fail, message_of
from cenotaph.messages import Message

app = typer.Typer(
    name="cenotaph",
    cls=talking.Group,
    help="One sourced register of the dead and disappeared, from lists to memorial.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
for module in (starting, building, estimating, deciding, looking, reviewing, narrating, measuring, exchanging):
    module.attach(app)


@app.callback(invoke_without_command=True)
def version(
    show: bool = typer.Option(False, "--version", help="Print the version and stop."),
    language: str = typer.Option("", talking.OPTION, help="Language of the messages: en or fa."),
) -> None:
    """Print the version, or hand over to a command."""
    talking.choose(language or None)
    if show:
        typer.echo(__version__)
        raise typer.Exit


def main() -> None:
    """Run the command line; the one place where an error of ours becomes a message and an exit code."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: its threads would only spin
    from cenotaph.errors import CenotaphError

    try:
        app()
    except CenotaphError as error:
        sys.exit(fail(message_of(error), as_json="--json" in sys.argv))
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        sys.exit(fail(f"{where}{error.strerror or error}", as_json="--json" in sys.argv))
    except Exception as error:  # the one broad catch: a traceback could print a victim's name
        if os.environ.get("CENOTAPH_TRACEBACK"):
            raise
        sys.exit(fail(_fault(error), as_json="--json" in sys.argv))
    except KeyboardInterrupt:
        sys.exit(fail(Message("stopped; what was finished is kept, run the command again to go on"), as_json=False))


def _fault(error: Exception) -> str:
    """Say where the program failed without saying what it held."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(last.filename).name}:{last.lineno}"
    return Message(
        "this is a fault of Cenotaph ({fault} at {where}); please report it. Nothing you decided is lost. "
        "{switch} shows all of it, which may include names",
        fault=type(error).__name__,
        where=where,
        switch="CENOTAPH_TRACEBACK=1",
    )


__all__ = ["ERROR", "app", "main"]
