"""Commands that carry the review out of the program and back: review export, import and queue."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from cenotaph.cli.building import Author, CaseArg
from cenotaph.cli.output import Json, emit, progress

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

    with progress("review", quiet=as_json) as step:
        found = export_review(case, file, author=author, limit=limit, step=step)
    emit(found, as_json=as_json, text=lambda: _exported(found))


def import_(case: CaseArg, file: Workbook, author: Author = "local", as_json: Json = False) -> None:
    """Take what was filled in into the ledger; importing a workbook twice adds nothing."""
    from cenotaph.pipeline import import_review

    found = import_review(case, file, author=author)
    emit(found, as_json=as_json, text=lambda: _imported(found))


def queue(case: CaseArg, limit: Limit = 20, as_json: Json = False) -> None:
    """Show the doubtful pairs, the one whose verdict would change most first."""
    from cenotaph.pipeline import queue_of

    with progress("queue", quiet=as_json) as step:
        found = queue_of(case, limit=limit, step=step)
    emit(found, as_json=as_json, text=lambda: _queued(found))


def _exported(found: dict[str, Any]) -> str:
    rows = ", ".join(f"{found[name]:,} {name}" for name in ("people", "pairs", "conflicts", "editions", "report"))
    left = f"\n{found['left_out']:,} more open pairs are left out: judge these first" if found["left_out"] else ""
    return f"{found['file']}: {rows}{left}\nIt holds everything the case knows: keep it as safe as the case."


def _imported(found: dict[str, Any]) -> str:
    lines = [
        f"{found['judgements']:,} judgements and {found['choices']:,} choices entered, "
        f"{found['already']:,} known before"
    ]
    lines += [f"  {' '.join(filter(None, (line['sheet'], line['cell'])))}: {line['what']}" for line in found["report"]]
    new = found["judgements"] + found["choices"]
    return "\n".join([*lines, *(["run build to see what follows"] if new else [])])


def _queued(found: dict[str, Any]) -> str:
    lines = []
    for each in found["questions"]:
        sure = "     " if each["probability"] is None else f"{each['probability']:.3f}"
        now = "one person" if each["linked"] else "two persons"
        said = f"  [{each['verdict']}, {each['reviewer']}]" if each["verdict"] else ""
        lines += [f"{sure}  {each['left']}  {each['right']}  now {now}{said}", f"       {each['why']}"]
        lines += [f"       {_changes(each)}"] if not each["verdict"] else []
    more = [f"{found['left_out']:,} more open pairs"] if found["left_out"] else []
    return "\n".join([*lines, *more]) or "no doubtful pair"


def _changes(each: dict[str, Any]) -> str:
    """Say what a verdict would change, and what it is expected to change."""
    lists = f", {each['overlaps']:,} pairs of the estimate's lists" if each["overlaps"] else ""
    return f"a verdict would change {each['moved']:,} records, 1 person{lists}; expected change {each['expected']:.2f}"
