"""Marked passages become records: each checked against the text it is in, then one entry of the ledger a record.

Invariant: all of a file or nothing of it. A claim says what stands in its passage, to the letter but for white space,
or is a code; nothing is entered that no text said. What was entered before as it is adds nothing, and a record entered
differently supersedes itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any

from cenotaph import values
from cenotaph.case import Case
from cenotaph.errors import InputError
from cenotaph.ledger import Draft
from cenotaph.messages import Message
from cenotaph.model import Entered, Passage, Source, split_key
from cenotaph.review.passage_files import Row
from cenotaph.review.reviewers import reviewer_code
from cenotaph.sources.narrative import Document, digest_of, document_of, find, folded, latest_source
from cenotaph.values import properties

_FREE = frozenset({"note"})  # what a reader remarks; internal, and no claim of the text
_SHOWN = 20  # problems named at once


@dataclass(slots=True)
class Entering:
    """A file of passages on its way into a case.

    Parameters
    ----------
    case
        The case.
    author
        The code that signs rows that name none.
    """

    case: Case
    author: str
    problems: list[str] = field(default_factory=list)
    _texts: dict[str, tuple[Source, Document]] = field(default_factory=dict)

    def enter(self, rows: Sequence[Row], *, once: bool = False) -> dict[str, list[str]]:
        """Enter all rows, or none.

        Parameters
        ----------
        rows
            As `read_rows` gives them.
        once
            Leave records alone that were ever entered, whatever became of them.

        Returns
        -------
        dict
            ``entered``, ``superseded``, ``withdrawn`` and ``already``: record ids.

        Raises
        ------
        InputError
            Something in a row cannot be followed; the message names each row and what to do.
        """
        drafts: list[Draft] = []
        said: dict[str, list[str]] = {"entered": [], "superseded": [], "withdrawn": [], "already": []}
        known = {each.record: each for each in self.case.entered}
        for record, own in self._by_record(rows).items():
            if once and self.case.public_id(record) in self.case.decided.marked:
                said["already"].append(record)
                continue
            draft = self._attempt(own[0].where, partial(self._draft, record, own))
            if draft is not None:
                what = _outcome(known.get(record), draft)
                said[what].append(record)
                drafts += [draft] if what != "already" else []
        if self.problems:
            raise InputError(_together(self.problems))
        if drafts:
            with self.case.open_ledger() as ledger:
                ledger.append_many(drafts)
        return said

    def _by_record(self, rows: Sequence[Row]) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in rows:
            if row.source not in self.case.config.narratives:
                self.problems.append(self._no_narrative(row))
            else:
                found.setdefault(f"{row.source}:{row.record}", []).append(row)
        return found

    def _attempt(self, where: str, step: Callable[[], Any]) -> Any:
        """Take a step; what is wrong with it is remembered, with its place, and not thrown."""
        try:
            return step()
        except InputError as error:
            said = error.args[0]
            self.problems.append(Message("{where}: {what}", where=where, what=said))
            return None

    def _draft(self, record: str, rows: Sequence[Row]) -> Draft | None:
        first = rows[0]
        author = reviewer_code(_one(rows, "author") or self.author)
        kind, reason = _one(rows, "kind"), "; ".join(dict.fromkeys(row.reason for row in rows if row.reason))
        if self.case.is_erased(record):
            raise InputError(Message("{record} was erased and is never entered again; give another key", record=record))
        if not reason:
            raise InputError(Message("say why: a decision without a reason cannot be defended later"))
        source, document = self._text(first.source)
        before = len(self.problems)
        found = [self._attempt(row.where, partial(passage, document, row))
                 for row in rows if not row.withdraw]  # fmt: skip
        if len(self.problems) > before:
            return None
        if found and not any(each.claims for each in found):
            raise InputError(Message("the record says nothing; fill in at least one property"))
        facts = {"record": self.case.public_id(record), "list": first.source, "kind": kind, "source": source.digest,
                 "reader": document.reader, "text": document.digest, "passages": len(found)}  # fmt: skip
        words = {"record": record, "reason": reason, "passages": [asdict(each) for each in found]}
        return Draft(kind="record", facts=facts, words=words, author=author)

    def _text(self, name: str) -> tuple[Source, Document]:
        if name not in self._texts:
            source = latest_source(self.case, name)
            if source is None:
                raise InputError(
                    Message(
                        "the text of {name} was not captured yet; build the case, or use {command}",
                        name=f"`{name}`",
                        command=f"cenotaph add … --list {name}",
                    )
                )
            self._texts[name] = source, document_of(self.case, source)
        return self._texts[name]

    def _no_narrative(self, row: Row) -> str:
        there = ", ".join(f"`{name}`" for name in self.case.config.narratives) or "none"
        return Message("{where}: there is no narrative {name}; cenotaph.toml has {names}", where=row.where,
                       name=f"`{row.source}`", names=there)  # fmt: skip


def passage(document: Document, row: Row) -> Passage:
    """Return the passage that a row marks in a text, with its claims.

    Raises
    ------
    InputError
        The passage is not there, or a claim is not in it.
    """
    start, end = find(document, row.mark)
    quote = document.text[start:end]
    return Passage(
        start=start,
        end=end,
        digest=digest_of(quote),
        quote=quote,
        page=document.page_of(start),
        claims=dict(_claims(document, row, (start, end))),
    )


def _claims(document: Document, row: Row, within: tuple[int, int]) -> Iterator[tuple[str, str]]:
    quote = folded(document.text[within[0] : within[1]])
    for key, said in row.claims.items():
        if isinstance(said, tuple):
            yield key, folded(_cut(document, key, said, within))
            continue
        name = split_key(key)[0]
        coded = properties.property_of(name).kind == "code" and values.code(name, said) is not None
        if not coded and name not in _FREE and folded(said) not in quote:
            raise InputError(
                Message("{key}: these words are not in the passage; write them as the text does, or mark more of it",
                        key=f"`{key}`")
            )  # fmt: skip
        yield key, said if coded or name in _FREE else folded(said)


def _cut(document: Document, key: str, place: tuple[int, int], within: tuple[int, int]) -> str:
    start, end = place
    if not within[0] <= start < end <= within[1]:
        raise InputError(
            Message("{key}: characters {start} to {end} are not in the passage ({first} to {last})", key=f"`{key}`",
                    start=str(start), end=str(end), first=str(within[0]), last=str(within[1]))
        )  # fmt: skip
    return document.text[start:end]


def _one(rows: Sequence[Row], name: str) -> str:
    """Return what the rows of a record say of something there is one of."""
    said = list(dict.fromkeys(getattr(row, name) for row in rows if getattr(row, name)))
    if len(said) > 1:
        raise InputError(Message("the rows of this record give several {name}s; a record has one", name=f"`{name}`"))
    return str(said[0]) if said else ""


def _outcome(known: Entered | None, draft: Draft) -> str:
    """Say what an entry would be: new, another word on a known record, a withdrawal, or nothing new."""
    passages: Sequence[Mapping[str, Any]] = draft.words["passages"]
    if not passages:
        return "withdrawn" if known is not None else "already"
    if known is None:
        return "entered"
    same = known.kind == draft.facts["kind"] and known.source == draft.facts["source"]
    return "already" if same and [asdict(each) for each in known.passages] == list(passages) else "superseded"


def _together(problems: Sequence[str]) -> str:
    if len(problems) == 1:
        return problems[0]
    shown = [*problems[:_SHOWN], *(["…"] if len(problems) > _SHOWN else [])]
    return Message("{n} problems; nothing was entered", n=len(problems)) + "".join(f"\n  {each}" for each in shown)
