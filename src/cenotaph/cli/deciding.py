"""Commands by which a person decides, from judge to release. Each becomes one entry of the ledger."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from cenotaph.cli.building import Author, CaseArg
from cenotaph.cli.output import Json, emit
from cenotaph.cli.talking import say

Record = Annotated[str, typer.Argument(help="A record id, such as wapo:3261.")]
Allegation = Annotated[str, typer.Argument(help="The id of an allegation in your tables.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; kept in the ledger, never published.")]


def attach(app: typer.Typer) -> None:
    """Give the commands of this module to the application."""
    for command in (judge, choose, consent, clear, connect, release):
        app.command()(command)


def judge(
    case: CaseArg,
    a: Record,
    b: Record,
    verdict: Annotated[str, typer.Argument(help="same, different or unsure.")],
    reason: Reason,
    author: Author = "local",
    as_json: Json = False,
) -> None:
    """Decide whether two records are the same person. It can be superseded, never erased: nothing is lost."""
    from cenotaph.pipeline import decide

    _said(decide(case, "judge", author=author, left=a, right=b, verdict=verdict, reason=reason), as_json=as_json)


def choose(
    case: CaseArg,
    record: Record,
    key: Annotated[str, typer.Argument(metavar="PROPERTY", help="Such as death.date.")],
    reason: Reason,
    by_rule: Annotated[bool, typer.Option("--by-rule", help="Take earlier choices back: the rule decides.")] = False,
    author: Author = "local",
    as_json: Json = False,
) -> None:
    """Show this record's value of a property on its person; the other values stay beside it."""
    from cenotaph.pipeline import decide

    _said(
        decide(case, "unchoose" if by_rule else "choose", author=author, record=record, key=key, reason=reason),
        as_json=as_json,
    )


def consent(
    case: CaseArg,
    record: Record,
    visibility: Annotated[str, typer.Argument(help="public, name-only or hidden.")],
    reason: Reason,
    author: Author = "local",
    as_json: Json = False,
) -> None:
    """Record how far a person's data may be published."""
    from cenotaph.pipeline import decide

    _said(decide(case, "consent", author=author, record=record, visibility=visibility, reason=reason), as_json=as_json)


def clear(
    case: CaseArg,
    allegation: Allegation,
    verdict: Annotated[str, typer.Argument(help="public or hidden.")],
    reason: Reason,
    author: Author = "local",
    as_json: Json = False,
) -> None:
    """Record the legal review of an allegation as it stands; it leaves only after one, and a chance to reply."""
    from cenotaph.pipeline.clearing import clear as run

    _said(run(case, allegation, verdict, reason=reason, author=author), as_json=as_json)


def connect(
    case: CaseArg,
    record: Record,
    allegation: Allegation,
    verdict: Annotated[str, typer.Argument(help="linked, not-linked or unsure.")],
    reason: Reason,
    author: Author = "local",
    as_json: Json = False,
) -> None:
    """Decide whether an allegation concerns the person of a record; nothing else links an actor to anybody."""
    from cenotaph.pipeline.clearing import connect as run

    _said(run(case, record, allegation, verdict, reason=reason, author=author), as_json=as_json)


def release(
    case: CaseArg,
    author: Author = "local",
    as_json: Json = False,
) -> None:
    """Freeze what is published now as a numbered release, with its manifest."""
    from cenotaph.pipeline.releasing import release as freeze

    found = freeze(case, author=author)
    emit(found, as_json=as_json, text=lambda: _released(found))


def _said(found: dict[str, Any], *, as_json: bool) -> None:
    emit(found, as_json=as_json, text=lambda: _entered(found))


def _entered(found: dict[str, Any]) -> str:
    return say()("entry {entry} of the ledger; run build to see what follows", entry=str(found["sequence"]))


def _released(found: dict[str, Any]) -> str:
    return say()("release {number}: {folder}", number=str(found["number"]), folder=found["folder"])
