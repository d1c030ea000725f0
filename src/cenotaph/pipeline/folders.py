"""Case folders: making one from a template, and refusing to build people's data into a template."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from cenotaph import sources
from cenotaph.case import Case
from cenotaph.config import Config, ListTable, NarrativeTable, load_config
from cenotaph.errors import Conflict, InputError, NotFound
from cenotaph.messages import Message

CONFIG = "cenotaph.toml"
CONTENT = "content"  # what the group publishes beside its people
PASSAGES = "passages"  # files of marked passages that come with a template


def prepare(folder: Path, *, data: Path | None, out: Path | None) -> Case:
    """Return the case to build: the folder itself, or a new case folder made from it as a template.

    Raises
    ------
    InputError
        A template without ``out``: its folder has no ledger and none of the files it names.
    Conflict
        ``out`` already holds a case with another ``cenotaph.toml``.
    """
    template = folder / CONFIG
    if not template.is_file():
        raise NotFound(
            Message(
                "{folder} has no {name}; name a case folder, or an example such as examples/us-2013-2017",
                folder=folder,
                name=CONFIG,
            )
        )
    if out is not None:
        return _from_template(template, out)
    if Case.exists(folder):
        return Case.load(folder)
    if any((folder / name).is_file() for name in file_names(load_config(template))):
        return Case.create(folder)
    raise InputError(
        Message(
            "{folder} is a template: it has no ledger and none of the files it names. "
            "Build it into a folder of its own: {command}",
            folder=folder,
            command=f"cenotaph build {folder} --data {data or 'DIR'} --out CASE",
        )
    )


def _from_template(template: Path, out: Path) -> Case:
    text = template.read_bytes()
    load_config(template)
    own = out / CONFIG
    if own.exists() and own.read_bytes() != text:
        raise Conflict(
            Message(
                "{file} differs from {template}: edit {file} and run {command}, or name another folder",
                file=own,
                template=template,
                command=f"cenotaph build {out}",
            )
        )
    if Case.exists(out):
        return Case.load(out)
    out.mkdir(parents=True, exist_ok=True)
    own.write_bytes(text)
    for name in (CONTENT, PASSAGES):
        if (template.parent / name).is_dir() and not (out / name).exists():
            shutil.copytree(template.parent / name, out / name)
    return Case.create(out)


def file_names(config: Config) -> list[str]:
    """Return every file that the lists of a case name, editions in order; of one without lists its narratives."""
    lists = [name for table in config.lists.values() for name in table.files]
    return lists or [name for table in config.narratives.values() for name in table.files]


def find_file(name: str, case: Case, data: Path | None) -> Path | None:
    """Return where a file that ``cenotaph.toml`` names lies: the data folder first, then the case folder."""
    places = ([data] if data is not None else []) + [case.folder]
    return next((place / name for place in places if (place / name).is_file()), None)


def capture_named(
    case: Case, data: Path | None, *, author: str, tell: Callable[[str, int, int], None]
) -> tuple[Case, list[str], Sequence[str]]:
    """Capture the files that ``cenotaph.toml`` names and that are not yet in the case, editions in order.

    A list's files are matched with its captured editions by position: what was captured under an edition stays it.
    A case that has texts of its own to publish may be built before any list is there: each missing file is then a line
    of the report, the third thing returned. With some of its lists and not others nothing is built: counts and an
    estimate from half the lists would look like the whole. A narrative that is missing is such a line too.

    Raises
    ------
    NotFound
        A file that is named was neither captured nor found.
    """
    wanted, missing = _wanted(case, data, case.config.lists)
    begun = bool(wanted or case.sources)
    if missing and (begun or not (case.folder / CONTENT).is_dir()):
        raise NotFound(missing[0])
    texts, absent = _wanted(case, data, case.config.narratives)
    wanted, missing = [*wanted, *texts], [*missing, *absent]
    captured = []
    for done, (name, path) in enumerate(wanted):
        tell("capture", done, len(wanted))
        captured.append(sources.capture(case, path, author=author, list_name=name).digest)
    return (Case.load(case.folder) if captured else case), captured, missing


def capture_tables(case: Case, data: Path | None, *, author: str) -> tuple[Case, list[str]]:
    """Capture the tables about sites and actors that are new or were changed; a file that is gone stays as captured.

    Raises
    ------
    NotFound
        A file that is named was neither captured nor found.
    """
    before = {source.table: source.digest for source in case.sources if source.table is not None}
    captured = []
    for name, table in case.config.tables.items():
        path = find_file(table.file, case, data)
        if path is None and name not in before:
            where = f"{data} or {case.folder}" if data is not None else str(case.folder)
            raise NotFound(_missing(f"[tables.{name}]", table.file, where))
        if path is not None:
            source = sources.capture_table(case, name, path, author=author)
            captured += [source.digest] if source.digest != before.get(name) else []
    return (Case.load(case.folder) if captured else case), captured


def _wanted(
    case: Case, data: Path | None, tables: Mapping[str, ListTable] | Mapping[str, NarrativeTable]
) -> tuple[list[tuple[str, Path]], list[Message]]:
    """Return the files to capture, each with its list, and what to say of those that are not there."""
    wanted: list[tuple[str, Path]] = []
    missing: list[Message] = []
    where = f"{data} or {case.folder}" if data is not None else str(case.folder)
    for name, table in tables.items():
        for file in table.files[_editions(case, name) :]:
            path = find_file(file, case, data)
            if path is None:
                kind = "lists" if name in case.config.lists else "narratives"
                missing.append(_missing(f"[{kind}.{name}]", file, where))
                break  # a later edition must not take the number of this one
            wanted.append((name, path))
    return wanted, missing


def _missing(table: str, file: str, where: str) -> Message:
    return Message(
        "{table} file {file} is not in {where}; put it there, or name its folder with --data",
        table=table,
        file=file,
        where=where,
    )


def _editions(case: Case, name: str) -> int:
    return sum(source.list == name for source in case.sources)


def add_files(folder: Path, files: list[Path], *, name: str, origin: str, author: str) -> list[dict[str, str]]:
    """Capture files by hand for a list, each as its newest edition.

    Returns
    -------
    list of dict
        ``digest`` and ``filename`` of each.
    """
    case = Case.load(folder)
    found = [sources.capture(case, path, author=author, list_name=name, origin=origin) for path in files]
    return [{"digest": source.digest, "filename": source.filename} for source in found]
