"""What linkage and estimation may know of the lists of a case: frozen facts, and nothing of the file they come from."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from cenotaph.config import CitationTable, Config, ListTable, NarrativeTable, RegisterTable
from cenotaph.model import Citation, ListFacts


def list_facts(config: Config) -> Mapping[str, ListFacts]:
    """Return the lists of a case in the file's order, its narratives, and the lists that its compilers only cite.

    A cited list that is also a list of the case stands here once, as that list.
    """
    found = {name: _facts(name, table) for name, table in config.lists.items()}
    found |= {name: _narrative(name, table) for name, table in config.narratives.items()}
    for register, whole in config.registers.items():
        found |= {name: _imported(name, register, whole) for name in whole.lists}
    for compiler, table in config.lists.items():
        for name, citation in table.cites.items():
            found.setdefault(name, _cited(name, citation, compiler))
    return MappingProxyType(found)


def _facts(name: str, table: ListTable) -> ListFacts:
    return ListFacts(
        name=name,
        title=table.title or name,
        unique=table.unique,
        capture=table.capture,
        derived_from=table.derived_from,
        covers=MappingProxyType(dict(table.covers)),
        date_order=table.date_order,
        language=table.language,
        calendars=MappingProxyType(dict(table.calendar)),
        states=table.states,
        citations=tuple(
            Citation(name=cited, title=each.title or cited, derived_from=each.derived_from)
            for cited, each in table.cites.items()
        ),
    )


def _narrative(name: str, table: NarrativeTable) -> ListFacts:
    """Make a text what lists are: it names people, one may be named twice, and it never was a search for everybody."""
    return ListFacts(
        name=name,
        title=table.title or name,
        capture=False,
        derived_from=table.derived_from,
        date_order=table.date_order,
        language=table.language,
        calendars=MappingProxyType(dict(table.calendar)),
        states=table.states,
    )


def _imported(name: str, register: str, whole: RegisterTable) -> ListFacts:
    """Return what the exporting group said of a list."""
    table = whole.lists[name]
    return ListFacts(
        name=name,
        title=table.title or name,
        unique=table.unique,
        capture=table.capture,
        derived_from=table.derived_from,
        citation_of=table.citation_of,
        covers=MappingProxyType(dict(table.covers)),
        date_order=table.date_order,
        language=table.language,
        calendars=MappingProxyType(dict(table.calendar)),
        states=table.states,
        citations=tuple(
            Citation(name=cited, title=other.title or cited, derived_from=other.derived_from)
            for cited in table.cites
            if (other := whole.lists.get(cited)) is not None
        ),
        register=register,
    )


def _cited(name: str, citation: CitationTable, compiler: str) -> ListFacts:
    """Make a list known only by citation: never a capture, whatever the compiler's own list may be."""
    return ListFacts(
        name=name,
        title=citation.title or name,
        capture=False,
        derived_from=citation.derived_from,
        citation_of=compiler,
    )
