"""The register out to files of other programs, and registers of others in."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from cenotaph import interchange, sources
from cenotaph.case import Case
from cenotaph.config import FILENAME, read_config
from cenotaph.errors import Conflict, InputError, NotFound
from cenotaph.interchange.ftm import schemata
from cenotaph.ledger import Draft
from cenotaph.messages import Message
from cenotaph.pipeline.building import build
from cenotaph.pipeline.estimating import register_of
from cenotaph.publishing import Guard, Policy
from cenotaph.publishing.about import public_case, public_lists
from cenotaph.publishing.public import PublicCase, PublicPerson
from cenotaph.registry import Register
from cenotaph.review import Review
from cenotaph.sources.readers import media
from cenotaph.sources.readers.register_row import Row
from cenotaph.sources.readers.register_rows import read_rows, to_csv, to_xlsx

FILES = {"csv": "register.csv", "xlsx": "register.xlsx", "ftm": "register.ftm.json", "jsonld": "register.jsonld",
         "huridocs": "huridocs"}  # fmt: skip
ROWS = {"csv": to_csv, "xlsx": to_xlsx}
IMPORTS = ("csv", "ftm")
WHY = "shown so in the imported register"


def export_register(
    folder: Path, form: str, *, out: Path | None = None, internal: bool = False, extended: bool = False
) -> dict[str, Any]:
    """Write the register of a case in a format of others.

    Parameters
    ----------
    folder, form
        The case, and ``csv``, ``xlsx``, ``ftm``, ``jsonld`` or ``huridocs``.
    out
        Where to; ``build/interchange`` in the case when left out. For ``huridocs`` a folder.
    internal
        Everything that the register holds, decisions too; ``csv`` and ``xlsx`` only. For the group alone.
    extended
        FollowTheMoney with the schemata for detention, killing and burial, which are written beside it.

    Returns
    -------
    dict
        ``files`` written, ``format``, and ``internal``.
    """
    if form not in FILES:
        raise InputError(
            Message("there is no format {form}; the formats are {forms}", form=repr(form), forms=list(FILES))
        )
    if internal and form not in ROWS:
        raise InputError(
            Message("{form} holds public properties only; the internal formats are csv and xlsx", form=form)
        )
    case = Case.load(folder)
    register = register_of(case)
    case = register.case
    target = out or case.build_folder / "interchange" / FILES[form]
    files = dict(_rows_file(register, form, target, internal=internal) if form in ROWS else
                 _others(register, form, target, extended=extended))  # fmt: skip
    for path, data in files.items():
        _write(path, data)
    return {"files": [str(path) for path in files], "internal": internal, "format": form}


def _guard(case: Case) -> Guard:
    lists = {row.name: row.language for row in public_lists(case).values()}
    return Guard(Policy(case.config.publish.audience), lists)


def _rows_file(register: Register, form: str, target: Path, *, internal: bool) -> Iterator[tuple[Path, bytes]]:
    found = interchange.rows(register) if internal else interchange.public_rows(register, _guard(register.case))
    yield target, ROWS[form](found)


def _others(register: Register, form: str, target: Path, *, extended: bool) -> Iterator[tuple[Path, bytes]]:
    public = public_case(register.case, register.criteria, {})
    people = _guard(register.case).people(register.persons(included=True))
    if form == "huridocs":
        yield from ((target / name, data) for name, data in interchange.tables(public, people).items())
        return
    yield target, _LINES[form](public, people, extended)
    if extended and form == "ftm":
        yield from ((target.parent / "ftm_schema" / name, data) for name, data in schemata())


def _ftm(case: PublicCase, people: Iterator[PublicPerson], extended: bool) -> bytes:  # noqa: FBT001 - called by table
    lines = (json.dumps(each, ensure_ascii=False, sort_keys=True) for each in
             interchange.entities(case, people, extended=extended))  # fmt: skip
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def _jsonld(case: PublicCase, people: Iterator[PublicPerson], _extended: bool) -> bytes:  # noqa: FBT001 - called by table
    return (json.dumps(interchange.graph(case, people), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


_LINES: Mapping[str, Callable[[PublicCase, Iterator[PublicPerson], bool], bytes]] = {"ftm": _ftm, "jsonld": _jsonld}


def _write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def import_register(folder: Path, form: str, path: Path, *, name: str = "", author: str = "local") -> dict[str, Any]:
    """Take a register of others into a case; a folder without one becomes a new case.

    Parameters
    ----------
    folder, form, path
        The case, ``csv`` (also for a workbook) or ``ftm``, and the file.
    name
        What the register is called in the case; the file's name when left out.
    author
        Who signs the import.

    Returns
    -------
    dict
        ``register``, ``persons``, ``records``, ``judgements`` and ``choices`` entered, ``new`` whether the case is new.
    """
    if form not in IMPORTS:
        raise InputError(
            Message("{form} is not imported; the formats are {forms}", form=repr(form), forms=list(IMPORTS))
        )
    if not path.is_file():
        raise NotFound(Message("{file}: there is no such file; name the register to import", file=path))
    data = path.read_bytes()
    rows = read_rows(data, path.name, media.media_type(data[: media.HEAD], path.name), form)
    name = name or "".join(sign for sign in path.name.partition(".")[0] if sign.isalnum() or sign in "_-") or "register"
    new = not Case.exists(folder)
    case = _prepared(folder, interchange.config_text(rows, name=name, file=path.name, form=form, title=name, new=new),
                     name, new=new)  # fmt: skip
    sources.capture(case, path, author=author, list_name=name)
    report = build(folder, until="register", author=author)
    judgements = _enter_judgements(folder, rows)
    choices = _enter_choices(folder, rows, author) if new else 0  # beside other lists the rules choose anew
    return {"register": name, "persons": report["register"]["persons"], "records": report["read"]["records"],
            "judgements": judgements, "choices": choices, "new": new}  # fmt: skip


def _prepared(folder: Path, text: str, name: str, *, new: bool) -> Case:
    """Return the case with the register's table in its configuration."""
    if new:
        return Case.create(folder, text)
    case = Case.load(folder)
    if name in case.config.registers:
        raise Conflict(
            Message("the case has a register called {name} already; give this one another --name", name=f"`{name}`")
        )
    path = folder / FILENAME
    whole = path.read_text(encoding="utf-8-sig").rstrip("\n") + "\n\n" + text
    read_config(whole)  # two lists of one name are told here, before anything is changed
    _write(path, whole.encode("utf-8"))
    return Case.load(folder)


def _enter_judgements(folder: Path, rows: list[Row]) -> int:
    """Enter the judgements and choices that an internal register brings, each signed by who made it."""
    said = [row for row in rows if row.what in ("judgement", "choice")]
    if not said:
        return 0
    case = Case.load(folder)
    known = frozenset(row.record for row in rows if row.what == "record")
    with case.open_ledger() as ledger:
        ledger.append_many([_draft(Review(ledger, _signed(row.by), known), row) for row in said])
    return len(said)


def _signed(by: str) -> str:
    """Return the code of who decided; of several that disagreed the first, whose verdict is unsure with the others."""
    return by.split(" ")[0] or "import"


def _draft(review: Review, row: Row) -> Draft:
    reason = row.reason or WHY
    if row.what == "judgement":
        return review.judgement(row.record, row.other, row.value, reason=reason)
    return review.choice(row.record, row.property, chosen=row.other, reason=reason)


def _enter_choices(folder: Path, rows: list[Row], author: str) -> int:
    """Choose what the file shows wherever the rules would show another claim."""
    case = Case.load(folder)
    register = register_of(case)
    known = frozenset(row.record for row in rows if row.what == "record")
    wanted = list(interchange.choices_to_make(rows, register))
    with case.open_ledger() as ledger:
        review = Review(ledger, author, known)
        ledger.append_many([review.choice(record, key, chosen=chosen, reason=WHY) for record, key, chosen in wanted])
    return len(wanted)
