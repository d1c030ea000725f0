"""The pages of people, printed in portions, in this process or in several.

Invariant: a page depends on its person and on the case only, so the number of processes never changes a byte.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice

from cenotaph.publishing.data.jsonld import linked_text
from cenotaph.publishing.public import PublicCase, PublicPerson
from cenotaph.publishing.site.layout import Layout
from cenotaph.publishing.site.person import PersonView
from cenotaph.publishing.site.render import Printer
from cenotaph.publishing.site.words import words
from cenotaph.publishing.tree import Filed, Place

PORTION = 256
_WORTH = 8_000  # persons; below, starting processes costs more than it saves
_AHEAD = 4  # portions waiting for each process


@dataclass(frozen=True, slots=True)
class Job:
    """What every portion needs; small enough to be sent to each process once."""

    case: PublicCase
    layout: Layout
    place: Place


class Press:
    """Prints the pages of persons in every language of the case."""

    def __init__(self, job: Job) -> None:
        said = [words(language) for language in job.case.languages]
        self._job = job
        self._pairs = [
            (
                Printer(job.case, each, [other for other in said if other is not each], job.layout),
                PersonView(job.case, each),
            )
            for each in said
        ]

    def print(self, people: Iterable[PublicPerson]) -> list[Filed]:
        """Print the pages of some persons, and a signpost for each older id that now means them."""
        return [filed for person in people for filed in self._one(person)]

    def _one(self, person: PublicPerson) -> Iterator[Filed]:
        layout, place = self._job.layout, self._job.place
        target, linked = layout.person(person.id), linked_text(person)
        for printer, view in self._pairs:
            folder = printer.words.language + "/"
            yield place.put(folder + target, printer.page("person", target, p=view.view(person, linked)))
            for alias in person.aliases:
                address = layout.person(alias)
                yield place.put(folder + address, printer.page("alias", address, target=target))


def portions(people: Iterable[PublicPerson]) -> Iterator[list[PublicPerson]]:
    """Cut a stream of persons into portions."""
    stream = iter(people)
    while portion := list(islice(stream, PORTION)):
        yield portion


def print_all(people: Iterable[Sequence[PublicPerson]], job: Job, expected: int) -> Iterator[list[Filed]]:
    """Print every portion, yielding what was filed in the order given."""
    count = min(os.cpu_count() or 1, 8)
    if expected < _WORTH or count == 1:
        press = Press(job)
        yield from (press.print(portion) for portion in people)
        return
    yield from _in_processes(people, job, count)


def _in_processes(people: Iterable[Sequence[PublicPerson]], job: Job, count: int) -> Iterator[list[Filed]]:
    context = multiprocessing.get_context("spawn")  # the same on every system, and safe beside threads
    with ProcessPoolExecutor(count, mp_context=context, initializer=_start, initargs=(job,)) as pool:
        waiting: deque[Future[list[Filed]]] = deque()
        for portion in people:
            waiting.append(pool.submit(_portion, portion))
            if len(waiting) > _AHEAD * count:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


_press: Press | None = None  # one a process, made by `_start`


def _start(job: Job) -> None:
    global _press  # a process of the pool has no other way to keep its press
    _press = Press(job)


def _portion(people: Sequence[PublicPerson]) -> list[Filed]:
    if _press is None:
        raise RuntimeError("a process of the pool prints before it was started")
    return _press.print(people)
