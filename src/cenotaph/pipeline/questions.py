"""`ask`: a question to a case's register in words, answered with people and the claims that answer it.

Invariant: JSON is the same in every language; nobody is named in an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cenotaph.case import Case
from cenotaph.messages import Message, Speech
from cenotaph.pipeline.estimating import register_of
from cenotaph.registry import Span, asking
from cenotaph.registry.asking import Answer, Found, Ground, Term, wording
from cenotaph.registry.asking.answer import ORDER
from cenotaph.registry.persons import Person, ReadClaim, Value
from cenotaph.values import PartialDate, day_bounds, property_of

_SCRIPTS = {"fa": ("Arab", "Latn"), "en": ("Latn", "Arab")}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its answer, and the titles of the lists that the answer rests on."""

    question: str
    answer: Answer
    titles: Mapping[str, str]

    def to_json(self) -> dict[str, Any]:
        """Return the answer as other programs read it."""
        answer = self.answer
        return {
            "question": self.question,
            "understood": [_term(term, silent) for term, silent in zip(answer.terms, answer.silent, strict=True)],
            "asked_about": answer.population,
            "counts": {str(certainty): n for certainty, n in answer.counts.items()},
            "people": [_found(each) for each in answer.found],
        }

    def to_text(self, say: Speech) -> str:
        """Return the answer as a person reads it."""
        return "\n".join(say.line_start + line for line in (*self._understood(say), *self._people(say)))

    def _understood(self, say: Speech) -> Iterator[str]:
        yield say("Understood, asked of {n} persons:", n=self.answer.population)
        for term, silent in zip(self.answer.terms, self.answer.silent, strict=True):
            yield f"  {say.isolate(term.said)} {say.arrow} {say.isolate(term.said_in(say.language))}"
            if silent:
                yield "    " + say("no source says anything about this of {n} more whom the rest chooses", n=silent)
        yield ""

    def _people(self, say: Speech) -> Iterator[str]:
        for certainty in ORDER:
            yield say("{certainty}: {n}", certainty=Message(certainty), n=self.answer.counts[certainty])
            shown = [each for each in self.answer.found if each.certainty is certainty]
            for each in shown:
                yield from self._person(each, say)
            if more := self.answer.counts[certainty] - len(shown):
                yield "  " + say("{n} more; raise `--limit` to see them", n=more)

    def _person(self, found: Found, say: Speech) -> Iterator[str]:
        name = name_of(found.person, say.language)
        yield f"  {say.isolate(found.person.public_id)}  {say.isolate(name)}"
        for ground in found.grounds:
            yield f"    {say.isolate(ground.term.said)}: {say(Message(ground.certainty))}"
            yield from (f"      {line}" for line in self._ground(ground, say))

    def _ground(self, ground: Ground, say: Speech) -> Iterator[str]:
        for what, span in ground.spans.items():
            days = say.isolate(wording.span(span, say.language))
            yield f"{say(_label(what))}: {days}"
        for value in ground.values:
            for read in value.claims:
                label = property_of(value.property).label(say.language)
                where = self._where(read.claim.list, read.claim.locator, say)
                yield f"{label}: {say.isolate(read.claim.raw.strip())} ({where})"
        for naming in ground.namings:
            yield say("named by {where}", where=self._where(naming.list, naming.locator, say))

    def _where(self, name: str, locator: str, say: Speech) -> str:
        return f"{say.isolate(self.titles.get(name, name))}, {say.isolate(locator)}"


def _label(what: str) -> Message:
    """Return the name of a span, ``end of term 2``, as a sentence that can be said again."""
    name, _, number = what.rpartition(" ")
    return Message("{what} {n}", what=Message(name), n=int(number)) if number.isdigit() else Message(what)


def ask_case(folder: Path, question: str, *, limit: int = 20, language: str = "en") -> Asked:
    """Answer a question for a case at its head.

    Parameters
    ----------
    folder
        A case folder.
    question
        Terms between commas.
    limit
        How many people to show, of those certain, possible and contradicted each.
    language
        In which an error proposes words.

    Raises
    ------
    InputError
        A part of the question is unknown or ambiguous; the message says which, and what it could be.
    """
    register = register_of(Case.load(folder))
    known = asking.known(register)
    terms = asking.read(question, known, language=language)
    return Asked(question, asking.ask(register, terms, limit=limit), known.lists)


def name_of(person: Person, language: str) -> str:
    """Return the name in the script of a language, or in the one there is."""
    order = [*_SCRIPTS.get(language, ()), *sorted(person.names)]
    return next((person.names[script].shown for script in order if script in person.names), "")


def _term(term: Term, silent: int) -> dict[str, Any]:
    return {
        "said": term.said,
        "kind": str(term.kind),
        "reading": term.said_in("en"),
        "any_of": list(term.codes),
        "written": sorted(term.texts),
        **({"act": term.act} if term.act else {}),
        "properties": list(term.properties),
        "silent": silent,
    }


def _found(found: Found) -> dict[str, Any]:
    person = found.person
    return {
        "person": person.public_id,
        "records": list(person.records),
        "name": name_of(person, "en"),
        "certainty": str(found.certainty),
        "grounds": [_ground(each) for each in found.grounds],
    }


def _ground(ground: Ground) -> dict[str, Any]:
    flag = {"flag": ground.name, "spans": {what: str(each) for what, each in ground.spans.items()}}
    return {
        "said": ground.term.said,
        "certainty": str(ground.certainty),
        **(flag if ground.name else {}),
        "lists": [{"list": each.list, "locator": each.locator, "source": each.source} for each in ground.namings],
        "claims": [_claim(value, claim) for value in ground.values for claim in value.claims],
    }


def _claim(value: Value, read: ReadClaim) -> dict[str, Any]:
    claim = read.claim
    bounds = day_bounds(read.reading) if isinstance(read.reading, PartialDate) else None
    return {
        "property": value.property,
        "index": value.index,
        "text": claim.raw,
        **({"days": str(Span(*bounds))} if bounds else {}),
        "list": claim.list,
        "locator": claim.locator,
        "source": claim.source,
    }
