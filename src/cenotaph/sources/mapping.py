"""Which column of a file gives which claim: the mapping of ``cenotaph.toml`` fitted to a header.

Invariant: a mapping is compiled only when every column it names is there. A wrong name never becomes an empty claim.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cenotaph.config import ListTable, RowsTable, is_template
from cenotaph.errors import InputError
from cenotaph.ledger import digest
from cenotaph.sources.readers.table import Hints, clean_name
from cenotaph.values import table_forms

ROW = "row"  # `{row}` in a key: the number of the row, where no column has this name
_FIELD = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Template:
    """Columns and the text around them: ``literals[i]`` stands before ``fields[i]``, the last one after them all."""

    fields: tuple[str, ...]
    literals: tuple[str, ...]

    @property
    def is_column(self) -> bool:
        """Say whether it is one column and nothing else."""
        return len(self.fields) == 1 and self.literals == ("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How the value of one claim key is found: the first alternative that is filled."""

    key: str
    alternatives: tuple[Template, ...]
    codes: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_column(self) -> bool:
        """Say whether the value always comes from the same single column."""
        return len(self.alternatives) == 1 and self.alternatives[0].is_column


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMapping:
    """The mapping of one list, fitted to the columns of one file."""

    list: str
    key: Template
    rules: tuple[Rule, ...]
    cites: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    unmapped: tuple[str, ...]
    absent: tuple[str, ...] = ()


def template(text: str) -> Template:
    """Read a column's name, or a template such as ``{city}, {state}``.

    Examples
    --------
    >>> template("{city}, {state}")
    Template(fields=('city', 'state'), literals=('', ', ', ''))
    """
    if not is_template(text):
        return Template((clean_name(text),), ("", ""))
    pieces = _FIELD.split(text)
    return Template(tuple(clean_name(name) for name in pieces[1::2]), tuple(pieces[0::2]))


def named_columns(table: ListTable) -> tuple[str, ...]:
    """Return every column that the mapping of a list names, each once."""
    templates = [
        template(table.key),
        *(template(text) for rule in table.columns.values() for text in rule.alternatives),
    ]
    names = [name for each in templates for name in each.fields]
    return tuple(dict.fromkeys([*names, *(clean_name(cite.column) for cite in table.cites.values())]))


def hints_of(table: ListTable) -> Hints:
    """Return what the reader of a list's file should know."""
    return Hints(columns=named_columns(table), encoding=table.encoding, delimiter=table.delimiter, sheet=table.sheet)


def hints_of_rows(table: RowsTable) -> Hints:
    """Return what the reader of a table about sites or actors should know: every heading it may have."""
    known = [heading for each in table_forms.fields(table.about).values() for heading in each.headings]
    columns = (*table.columns.values(), *known, *(heading.capitalize() for heading in known))
    return Hints(columns=columns, encoding=table.encoding, delimiter=table.delimiter, sheet=table.sheet)


def mapping_digest(table: ListTable) -> str:
    """Return the digest of all that decides which records a file gives; titles and calendars are no part of it."""
    return digest(
        {
            "key": table.key,
            "columns": [[key, list(rule.alternatives), dict(rule.codes)] for key, rule in table.columns.items()],
            "cites": [[name, cite.column] for name, cite in table.cites.items()],
            "missing": list(table.missing),
            "reading": [table.encoding, table.delimiter, table.sheet],
        }
    )


def compile_mapping(
    name: str, table: ListTable, columns: Sequence[str], *, filename: str, elsewhere: Iterable[str] = ()
) -> ListMapping:
    """Fit the mapping of a list to the columns of a file.

    Parameters
    ----------
    name, table
        The list, and what ``cenotaph.toml`` says of it.
    columns, filename
        The columns of the file, and its name for messages.
    elsewhere
        Columns of the list's other editions: one that only they have is empty here, and reported.

    Raises
    ------
    InputError
        Columns are named that no edition has, or the key's column is missing here.
    """
    there, key = set(columns), template(table.key)
    rules = tuple(
        Rule(key=claim, alternatives=tuple(template(text) for text in rule.alternatives), codes=dict(rule.codes))
        for claim, rule in table.columns.items()
    )
    cites = tuple((cite, clean_name(citation.column)) for cite, citation in table.cites.items())
    of_key = [("key", column) for column in key.fields if column != ROW]
    uses = [*_uses(rules), *((f"cites.{cite}", column) for cite, column in cites)]
    wrong = [use for use in of_key if use[1] not in there] + [
        use for use in uses if use[1] not in there | set(elsewhere)
    ]
    if wrong:
        raise InputError(_wrong(name, wrong, columns, filename))
    used = {column for _, column in [*of_key, *uses]}
    return ListMapping(
        list=name,
        key=key,
        rules=rules,
        cites=cites,
        missing=tuple(table.missing),
        unmapped=tuple(column for column in columns if column not in used),
        absent=tuple(dict.fromkeys(column for _, column in uses if column not in there)),
    )


def _uses(rules: Iterable[Rule]) -> list[tuple[str, str]]:
    return [(f'columns."{rule.key}"', column) for rule in rules for each in rule.alternatives for column in each.fields]


def _wrong(name: str, wrong: Sequence[tuple[str, str]], columns: Sequence[str], filename: str) -> str:
    lines = []
    for place, column in dict.fromkeys(wrong):
        near = difflib.get_close_matches(column.casefold(), [each.casefold() for each in columns], n=1, cutoff=0.5)
        meant = next((each for each in columns if near and each.casefold() == near[0]), None)
        lines.append(f"{place} names the column `{column}`" + (f" (did you mean `{meant}`?)" if meant else ""))
    there = ", ".join(f"`{column}`" for column in columns)
    return f"cenotaph.toml: [lists.{name}] {'; '.join(lines)}; {filename} has no such column. Its columns are {there}"
