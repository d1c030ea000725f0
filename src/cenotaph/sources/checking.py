"""Reading again what was read, to see whether it still gives the same records. Appends nothing."""

from __future__ import annotations

from collections.abc import Iterator

from cenotaph.case import Case
from cenotaph.errors import ChainBroken, InputError
from cenotaph.sources.narrative import check_passages
from cenotaph.sources.reading import editions_of, facts_of

_SAME = ("source", "mapping", "reader")


def reread(case: Case) -> Iterator[tuple[int, str]]:
    """Read every list and marked text again and yield the entry and the fault of each that is no longer the same.

    A list whose mapping changed since its last reading is not compared: the next build enters it anew.
    """
    known = {(each.list, each.edition): each for each in case.readings}
    for name, table in case.config.lists.items():
        try:
            editions = list(editions_of(case, name, table))
        except ChainBroken as error:
            yield max((each.sequence for each in case.readings if each.list == name), default=0), str(error)
            continue
        except InputError:  # the mapping was changed and cannot be followed: the next build says so
            continue
        for edition in editions:
            facts = facts_of(case, edition)
            before = known.get((name, edition.source.edition))
            if before is None or any(before.facts.get(key) != facts[key] for key in _SAME):
                continue
            if before.digest != edition.digest:
                yield before.sequence, f"list {name}, edition {before.edition}: reading it again gives other records"
    yield from check_passages(case)
