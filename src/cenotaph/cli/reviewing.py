"""Commands that carry the review out of the program and back: review export, import and queue."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cenotaph.cli.building import Author, CaseArg
from cenotaph.cli.output import Json, emit, progress
from cenotaph.cli.talking import say

Workbook = Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="The workbook.")]
Limit = Annotated[int, typer.Option(help="At most so many open pairs, the most useful first.", min=1)]


def attach(app: typer.Typer) -> None:
    """Give the commands of this module to the application."""
    review = typer.Typer(
        help="The whole review as one workbook, for people who work in spreadsheets.", no_args_is_help=True
    )
    review.command("export")(export)
    review.command("import")(import_)
    review.command("queue")(queue)
    app.add_typer(review, name="review")


def export(case: CaseArg, file: Workbook, limit: Limit = 2000, author: Author = "local", as_json: Json = False) -> None:
    """Write people, doubtful pairs, conflicts, editions and refused rows to one workbook to fill in."""
    from cenotaph.pipeline import export_review
    from cenotaph.pipeline.review_text import exported_text

    with progress("review", quiet=as_json) as step:
        found = export_review(case, file, author=author, limit=limit, step=step)
    emit(found, as_json=as_json, text=lambda: exported_text(found, say()))


def import_(case: CaseArg, file: Workbook, author: Author = "local", as_json: Json = False) -> None:
    """Take what was filled in into the ledger; importing a workbook twice adds nothing."""
    from cenotaph.pipeline import import_review
    from cenotaph.pipeline.review_text import imported_text

    found = import_review(case, file, author=author)
    emit(found, as_json=as_json, text=lambda: imported_text(found, say()))


def queue(case: CaseArg, limit: Limit = 20, as_json: Json = False) -> None:
    """Show the doubtful pairs, the one whose verdict would change most first."""
    from cenotaph.pipeline import queue_of
    from cenotaph.pipeline.review_text import queue_text

    with progress("queue", quiet=as_json) as step:
        language = "en" if as_json else say().language  # what programs read is the same in every language
        found = queue_of(case, limit=limit, language=language, step=step)
    emit(found, as_json=as_json, text=lambda: queue_text(found, say()))
