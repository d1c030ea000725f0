"""Reading ``cenotaph.toml``: a frozen ``Config``, or everything that is wrong with the file at once.

Invariant: no problem is reported alone when there are others, and each says the table, the key and what to do.
"""

from __future__ import annotations

import datetime as dt
import difflib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from cenotaph.config import models
from cenotaph.errors import ConfigError, NotFound
from cenotaph.messages import Message
from cenotaph.values import properties

FILENAME = "cenotaph.toml"
_LONGEST = 60  # characters of a wrong value that a message shows
_ADVICE = {
    "string_too_short": "it must not be empty",
    "too_short": "it must not be empty",
    "string_pattern_mismatch": "it should look like {pattern}",
    "missing": "it must be given",
    "model_type": "it should be a table",
    "dict_type": "it should be a table",
    "tuple_type": "it should be a list",
}
_ROOT: Mapping[str, type[models.Table]] = {
    "case": models.CaseTable,
    "publisher": models.PublisherTable,
    "publish": models.PublishTable,
    "criteria": models.CriteriaTable,
    "estimation": models.EstimationTable,
    "linkage": models.LinkageTable,
}
_IN_LIST: Mapping[str, type[models.Table]] = {"columns": models.ColumnTable, "cites": models.CitationTable}


def load_config(path: Path) -> models.Config:
    """Read and check a configuration file.

    Parameters
    ----------
    path
        The file, or the folder that holds ``cenotaph.toml``.

    Raises
    ------
    NotFound
        There is no such file.
    ConfigError
        Something in it cannot be followed; the message holds every problem, one a line.
    """
    path = path / FILENAME if path.is_dir() else path
    if not path.is_file():
        raise NotFound(
            Message("{file}: there is no such file; `cenotaph init` makes a case folder with one", file=path)
        )
    try:
        text = path.read_bytes().decode("utf-8-sig")  # some editors begin a file with a byte-order mark
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path.name}: byte {error.start} is not UTF-8; save the file as UTF-8") from error
    return read_config(text, name=path.name)


def read_config(text: str, *, name: str = FILENAME) -> models.Config:
    """Check the text of a configuration; ``name`` stands in the messages.

    Raises
    ------
    ConfigError
        Something in it cannot be followed.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{name}: {error}; {_toml_advice(str(error))}") from error
    dangling = list(_dangling(data))
    try:
        config = models.Config.model_validate(data)
    except ValidationError as error:
        raise ConfigError(_together(name, [*map(_explain, error.errors()), *dangling])) from None
    if dangling:
        raise ConfigError(_together(name, dangling))
    return config


def _together(name: str, problems: list[str]) -> str:
    if len(problems) == 1:
        return f"{name}: {problems[0]}"
    return f"{name}: {len(problems)} problems" + "".join(f"\n  {problem}" for problem in problems)


def _toml_advice(message: str) -> str:
    if "overwrite" in message:
        return 'a key is given twice, or a key with a dot lacks its quotes, as in columns."name.father"'
    return "correct that line"


def _explain(error: ErrorDetails) -> str:
    """Turn one problem into ``[table] what is wrong, and what to do``."""
    path = [str(part) for part in error["loc"] if isinstance(part, str)]
    if path[-1:] == ["[key]"]:
        *table, key = path[:-1]
        return _line(table, _about_name(error, key))
    if error["type"] not in ("missing", "extra_forbidden") and _model_at(path) is not None:  # the table as a whole
        return _line(path, _advice(error))
    *table, key = path
    return _line(table, _about_key(error, table, key))


def _line(table: Iterable[str], what: str) -> str:
    where = ".".join(f'"{part}"' if "." in part else part for part in table)
    return f"[{where}] {what}" if where else what


def _about_name(error: ErrorDetails, key: str) -> str:
    if error["type"] == "value_error":
        return _advice(error)
    return f"`{key}` is no name for this; names are letters, digits, - and _ (languages: codes such as fa)"


def _about_key(error: ErrorDetails, table: list[str], key: str) -> str:
    if error["type"] == "extra_forbidden":
        return f"unknown key `{key}`{_hint(table, key)}"
    if error["type"] == "missing":
        return f"`{key}` is missing; {_advice(error)}"
    if error["type"] == "value_error":
        return f"`{key}`: {_advice(error)}"
    shown = repr(error["input"])
    shown = shown if len(shown) <= _LONGEST else shown[:_LONGEST] + "…"
    return f"`{key}` = {shown}: {_advice(error)}"


def _advice(error: ErrorDetails) -> str:
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    if isinstance(error["input"], dt.date | dt.time):
        return "put it in quotes"
    if error["type"] in _ADVICE:
        return _ADVICE[error["type"]].format(**error.get("ctx", {}))
    return error["msg"].replace("Input should", "it should", 1)


def _hint(table: list[str], key: str) -> str:
    if table[-2:-1] == ["columns"] and properties.is_known(f"{table[-1]}.{key}"):
        return f'; write columns."{table[-1]}.{key}", with the quotes'
    model = _model_at(table)
    near = difflib.get_close_matches(key, model.model_fields, n=1) if model else []
    return f"; did you mean `{near[0]}`?" if near else "; remove it, or see the guide for the keys there are"


def _model_at(path: list[str]) -> type[models.Table] | None:
    """Return the class of a table by its place, None where the place is no table of ours."""
    match path:
        case []:
            return models.Config
        case [name]:
            return _ROOT.get(name)
        case ["lists", _]:
            return models.ListTable
        case ["tables", _]:
            return models.RowsTable
        case ["narratives", _]:
            return models.NarrativeTable
        case ["registers", _]:
            return models.RegisterTable
        case ["registers", _, "lists", _]:
            return models.ImportedListTable
        case ["lists", _, kind, _]:
            return _IN_LIST.get(kind)
    return None


def _dangling(data: Mapping[str, Any]) -> Iterator[str]:
    """Find names of lists that no list has. Looks at the raw file, so that these are reported with all the rest."""
    lists = dict(_tables(data.get("lists")))
    cited = {name for table in lists.values() for name, _ in _items(table.get("cites"))}
    narratives = dict(_tables(data.get("narratives")))
    imported = {name for _, table in _tables(data.get("registers")) for name, _ in _tables(table.get("lists"))}
    known = set(lists) | set(narratives) | imported | cited
    for name, table in narratives.items():
        yield from _unknown_lists(f"narratives.{name}", "derived_from", table.get("derived_from"), known - {name})
    for name, table in lists.items():
        yield from _unknown_lists(f"lists.{name}", "derived_from", table.get("derived_from"), known - {name})
        for cite, citation in _tables(table.get("cites")):
            wanted = citation.get("derived_from")
            yield from _unknown_lists(f"lists.{name}.cites.{cite}", "derived_from", wanted, known - {cite})
    for _, table in _tables({"estimation": data.get("estimation")}):
        yield from _unknown_lists("estimation", "lists", table.get("lists"), known)


def _items(value: object) -> Iterable[tuple[str, Any]]:
    return value.items() if isinstance(value, dict) else ()


def _tables(value: object) -> Iterator[tuple[str, Mapping[str, Any]]]:
    return ((name, table) for name, table in _items(value) if isinstance(table, dict))


def _unknown_lists(table: str, key: str, wanted: object, known: set[str]) -> Iterator[str]:
    names = [wanted] if isinstance(wanted, str) else wanted if isinstance(wanted, list) else []
    for name in names:
        if isinstance(name, str) and name not in known:
            near = difflib.get_close_matches(name, sorted(known), n=1)
            hint = f"did you mean `{near[0]}`?" if near else "it takes the names of other lists of this file"
            yield f"[{table}] `{key}` names the list `{name}`, which is not there; {hint}"
