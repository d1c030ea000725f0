"""What linkage and estimation may know of the lists of a case: frozen facts, and nothing of the file they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from cenotaph.config import CitationTable, Config, ImportedListTable, ListTable, NarrativeTable, RegisterTable
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


def _shared(name: str, table: ListTable | NarrativeTable | ImportedListTable) -> ListFacts:
    """Return what a list, a narrative and an imported list have in common."""
    return ListFacts(
        name=name,
        title=table.title or name,
        derived_from=table.derived_from,
        date_order=table.date_order,
        language=table.language,
        calendars=MappingProxyType(dict(table.calendar)),
        states=table.states,
    )


def _listed(name: str, table: ListTable | ImportedListTable) -> ListFacts:
    """Return that and what only a search for everybody can have."""
    covers = MappingProxyType(dict(table.covers))
    return replace(_shared(name, table), unique=table.unique, capture=table.capture, covers=covers)


def _facts(name: str, table: ListTable) -> ListFacts:
    citations = (_citation(cited, each) for cited, each in table.cites.items())
    return replace(_listed(name, table), citations=tuple(citations))


def _narrative(name: str, table: NarrativeTable) -> ListFacts:
    """Make a text what lists are: it names people, one may be named twice, and it never was a search for everybody."""
    return replace(_shared(name, table), capture=False)


def _imported(name: str, register: str, whole: RegisterTable) -> ListFacts:
    """Return what the exporting group said of a list."""
    table = whole.lists[name]
    citations = (_citation(cited, whole.lists[cited]) for cited in table.cites if cited in whole.lists)
    return replace(_listed(name, table), citation_of=table.citation_of, citations=tuple(citations), register=register)


def _citation(name: str, table: CitationTable | ImportedListTable) -> Citation:
    return Citation(name=name, title=table.title or name, derived_from=table.derived_from)


def _cited(name: str, citation: CitationTable, compiler: str) -> ListFacts:
    """Make a list known only by citation: never a capture, whatever the compiler's own list may be."""
    return ListFacts(
        name=name,
        title=citation.title or name,
        capture=False,
        derived_from=citation.derived_from,
        citation_of=compiler,
    )
