"""The command that says how many are on no list, or why nobody can say it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from cenotaph.cli.output import FAULT, Json, emit, progress
from cenotaph.cli.talking import say

OfCase = "a case folder is needed for {options}: a table has no people to group and no links to doubt"


def attach(app: typer.Typer) -> None:
    """Give the command to the application."""
    app.command()(estimate)


def estimate(
    case: Annotated[Path | None, typer.Argument(metavar="CASE", help="The case folder.")] = None,
    cells: Annotated[
        Path | None, typer.Option(help="A published overlap table: one 0/1 column a list, and count.")
    ] = None,
    by: Annotated[
        str, typer.Option(help="Estimate groups apart and add them: place, period, affiliation, sex, manner.")
    ] = "",
    periods: Annotated[
        str, typer.Option(help="Spans in place of calendar years for --by period: 1988-07/1988-09,1988-10/1989.")
    ] = "",
    linkage: Annotated[
        int | None, typer.Option(help="Estimate over so many other linkages of the records, drawn from their doubt.")
    ] = None,
    checks: Annotated[
        bool, typer.Option("--checks", help="Show fit, one list left out, lists merged, other classes and priors.")
    ] = False,
    pictures: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write density, overlap, left-out and trace there, SVG and PNG.")
    ] = None,
    expansion: Annotated[
        str, typer.Option(help='What you think before looking: "1.01,5" is 1.01 to 5 times the documented.')
    ] = "",
    classes: Annotated[int | None, typer.Option(help="Latent classes of LCMCR.")] = None,
    cap: Annotated[
        float | None, typer.Option(help="Largest multiple of the documented count (20 to compare with R).")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Seed of the random numbers.")] = None,
    as_json: Json = False,
) -> None:
    """Estimate how many are on no list, or say why no honest estimate is possible."""
    from cenotaph.pipeline import estimate_case, estimate_cells
    from cenotaph.pipeline.report import estimate_text

    if (case is None) == (cells is None):
        raise typer.BadParameter("name a case folder, or a table with --cells, and not both")
    options: dict[str, Any] = {
        "classes": classes, "cap": cap, "seed": seed, "expansion": _factors(expansion), "checks": checks,
        "pictures": pictures,
    }  # fmt: skip
    of_case = {"by": _names(by), "periods": _names(periods), "linkage": linkage}
    with progress("estimate", quiet=as_json) as step:
        if case is not None:
            report = estimate_case(case, step=step, **options, **of_case)
        else:
            _refuse([f"--{name}" for name, value in of_case.items() if value])
            report = estimate_cells(cells, **options)
    emit(report, as_json=as_json, text=lambda: estimate_text(report, say(), checks=checks))
    if report["verdict"] == "refused":
        raise typer.Exit(FAULT)


def _refuse(options: list[str]) -> None:
    if options:
        raise typer.BadParameter(OfCase.format(options=", ".join(options)))


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _factors(text: str) -> tuple[float, float] | None:
    """Return LOW and HIGH of "1.01,5"; None for no text."""
    if not text:
        return None
    try:
        low, high = (float(part) for part in text.split(","))
    except ValueError as error:
        raise typer.BadParameter(f'--expansion {text!r}: write two factors, such as "1.01,5"') from error
    return low, high
