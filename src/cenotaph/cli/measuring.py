"""Commands that measure the links and the lists: sample, copying."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from cenotaph.cli.building import Author, CaseArg
from cenotaph.cli.output import Json, emit, progress
from cenotaph.cli.talking import say
from cenotaph.errors import InputError
from cenotaph.messages import Message


def attach(app: typer.Typer) -> None:
    """Give the commands of this module to the application."""
    for command in (sample, copying):
        app.command()(command)


def sample(
    case: CaseArg,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE.xlsx]", help="A coder's workbook.")] = None,
    pairs: Annotated[int | None, typer.Option(help="Draw a new sample of so many pairs.", min=1)] = None,
    seed: Annotated[int, typer.Option(help="The same seed draws the same pairs.")] = 1988,
    import_: Annotated[bool, typer.Option("--import", help="Take in what was filled into FILE.xlsx.")] = False,
    disagreements: Annotated[bool, typer.Option("--disagreements", help="Only what coders disagree about.")] = False,
    again: Annotated[bool, typer.Option("--again", help="End a sample that has labels, and draw another.")] = False,
    author: Author = "local",
    as_json: Json = False,
) -> None:
    """Measure the links by a labelled sample: draw pairs, give them to coders, take labels in, show what they say."""
    if import_ and (pairs or file is None):
        raise InputError(Message("name the workbook to import, and draw no sample in the same command"))
    if import_ and file is not None:
        _import(case, file, author, as_json=as_json)
    elif pairs or file is not None:
        _hand_out(case, file, author, as_json=as_json,
                  draw={"count": pairs, "seed": seed, "again": again}, disagreements=disagreements)  # fmt: skip
    else:
        _show(case, as_json=as_json)


def _hand_out(
    case: Path, file: Path | None, author: str, *, draw: dict[str, Any], disagreements: bool, as_json: bool
) -> None:
    """Draw where that is asked for, and write the coder's workbook."""
    from cenotaph.pipeline import draw_sample, write_sample
    from cenotaph.review import check_target

    path = file or Path(f"sample-{author}.xlsx")
    check_target(path)  # before a sample stands in the ledger that nobody got
    drawn: dict[str, Any] = {}
    if draw["count"]:
        with progress("sample", quiet=as_json) as step:
            drawn = draw_sample(case, draw["count"], seed=draw["seed"], again=draw["again"], author=author, step=step)
    made = {**drawn, **write_sample(case, path, author=author, disagreements=disagreements)}
    emit(made, as_json=as_json, text=lambda: say()(
        "{file}: {pairs} pairs for coder {coder}. It names people: keep it as safe as the case.",
        file=path, pairs=made["pairs"], coder=author))  # fmt: skip


def _import(case: Path, file: Path, author: str, *, as_json: bool) -> None:
    from cenotaph.pipeline import import_sample

    found = import_sample(case, file, author=author)

    def text() -> str:
        spoken = say()
        head = spoken("{labels} labels entered, {already} known before", labels=found["labels"],
                      already=found["already"])  # fmt: skip
        return "\n".join([head, *(f"  {line['sheet']} {line['cell']}: {line['what']}" for line in found["report"])])

    emit(found, as_json=as_json, text=text)


def _show(case: Path, *, as_json: bool) -> None:
    from cenotaph.pipeline import measure_sample
    from cenotaph.pipeline.measured_text import sample_text

    with progress("sample", quiet=as_json) as step:
        found = measure_sample(case, step=step)
    emit(found or {"sample": None}, as_json=as_json, text=lambda: sample_text(found, say()))


def copying(case: CaseArg, as_json: Json = False) -> None:
    """Show which lists share errors: copied from each other, or from one source. Records show it, by id."""
    from cenotaph.pipeline.copied import copying_of, copying_text

    with progress("copying", quiet=as_json) as step:
        found = copying_of(case, step=step)
    emit(found, as_json=as_json, text=lambda: copying_text(found, say()))
