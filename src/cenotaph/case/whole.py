"""A case: its configuration and what its people decided, frozen. What every stage is given.

Invariant: a ``Case`` never changes; who appends to the ledger loads it again. Its secret is in no text made of it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from cenotaph.case.fold import VISIBILITIES, Consent, Decided, Reading, Release, fold
from cenotaph.case.lists import list_facts
from cenotaph.config import FILENAME, Config, Period, load_config, read_config
from cenotaph.errors import Conflict, NotFound
from cenotaph.ledger import Ledger, public_id
from cenotaph.messages import Message
from cenotaph.model import Attribution, Choice, Entered, Judgement, ListFacts, SampledPair, Source

LEDGER = "ledger.sqlite"
FOLDERS = ("sources", "build", "releases")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case folder at one head of its ledger. Make one with ``load`` or ``create``."""

    folder: Path
    config: Config
    lists: Mapping[str, ListFacts]
    decided: Decided
    head: str
    secret: bytes = field(repr=False)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read a case folder.

        Raises
        ------
        NotFound
            The folder is not there, or is no case folder.
        ConfigError
            ``cenotaph.toml`` says something we cannot follow.
        LedgerError
            The ledger cannot be read.
        """
        _require(folder)
        config = load_config(folder / FILENAME)
        with Ledger.open(folder / LEDGER) as ledger:
            decided = fold(ledger.entries())
            return cls(
                folder=folder,
                config=config,
                lists=list_facts(config),
                decided=decided,
                head=decided.head or ledger.head,
                secret=ledger.secret,
            )

    @classmethod
    def create(cls, folder: Path, config: str | None = None, *, secret: bytes | None = None) -> Self:
        """Make a case folder: its configuration, an empty ledger and the folders beside them.

        Parameters
        ----------
        folder
            Made when it is not there. It may hold the lists to be captured.
        config
            The text of ``cenotaph.toml``; left out when the file is there already.
        secret
            What public ids hang on; random when left out, as it must be but in tests and the bundled demonstration.

        Raises
        ------
        Conflict
            There is a case already.
        ConfigError, NotFound
            The configuration cannot be followed, or there is none; nothing was made.
        """
        if cls.exists(folder):
            raise Conflict(Message("{folder}: there is a case here already; a case is never replaced", folder=folder))
        if config is None:
            load_config(folder / FILENAME)
        else:
            _write_config(folder, config)
        for name in FOLDERS:
            (folder / name).mkdir(exist_ok=True)
        with Ledger.create(folder / LEDGER, secret=secret):
            return cls.load(folder)

    @staticmethod
    def exists(folder: Path) -> bool:
        """Say whether a folder is a case folder; a template has no ledger and is none."""
        return (folder / FILENAME).is_file() and (folder / LEDGER).is_file()

    def open_ledger(self) -> Ledger:
        """Open the ledger, to be closed by a ``with`` block; load the case again after appending."""
        return Ledger.open(self.ledger_path)

    @property
    def ledger_path(self) -> Path:
        """Where the ledger lies."""
        return self.folder / LEDGER

    @property
    def sources_folder(self) -> Path:
        """Where captured originals lie, by digest."""
        return self.folder / "sources"

    @property
    def build_folder(self) -> Path:
        """Where derived tables lie; it can be deleted and rebuilt."""
        return self.folder / "build"

    @property
    def releases_folder(self) -> Path:
        """Where frozen publications lie."""
        return self.folder / "releases"

    @property
    def period(self) -> Period:
        """First and last day of the case's period; None where it is open."""
        return self.config.case.span

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """One settled judgement a pair of records."""
        return self.decided.judgements

    @property
    def sample(self) -> tuple[SampledPair, ...]:
        """The pairs of the latest labelled sample; they measure the links and are no judgements."""
        return self.decided.sample

    @property
    def attributions(self) -> tuple[Attribution, ...]:
        """One settled attribution for each record and allegation."""
        return self.decided.attributions

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The latest choice for each record and property, in the order they were made."""
        return self.decided.choices

    @property
    def consents(self) -> Mapping[str, Consent]:
        """The consent that holds, by the record's opaque id; ask ``visibility`` instead."""
        return self.decided.consents

    @property
    def sources(self) -> tuple[Source, ...]:
        """Captured files, in the order they were captured."""
        return self.decided.sources

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The latest reading of each edition of each list."""
        return self.decided.readings

    @property
    def entered(self) -> tuple[Entered, ...]:
        """Records entered by hand from marked passages, in the order in which they were founded."""
        return self.decided.entered

    @property
    def releases(self) -> tuple[Release, ...]:
        """What was released, in order."""
        return self.decided.releases

    @property
    def erased(self) -> frozenset[str]:
        """Opaque ids of records that must not be read again; ask ``is_erased``."""
        return self.decided.erased

    def files_of(self, name: str) -> tuple[tuple[int, str], ...]:
        """Return edition and SHA-256 of each captured file of a list, of an imported one as its exporter had it."""
        for table in self.config.registers.values():
            if name in table.lists:
                return table.lists[name].files
        return tuple(sorted({source.edition: source.digest for source in self.sources if source.list == name}.items()))

    def public_id(self, record: str) -> str:
        """Return the public id of a record: stable, and a secret's keyed digest that nobody can enumerate."""
        return public_id(self.secret, record)

    def is_erased(self, record: str) -> bool:
        """Say whether a record was erased: no reading may bring it back."""
        return bool(self.erased) and self.public_id(record) in self.erased

    def is_cleared(self, key: str) -> bool:
        """Say whether a legal review in the ledger lets something out; without one nothing is cleared."""
        held = self.consents.get(self.public_id(key))
        return held is not None and held.visibility == VISIBILITIES[0]

    def visibility(self, records: Iterable[str]) -> str:
        """Return how far a person of these records may be published: the most closed consent of any of them."""
        if not self.consents:
            return VISIBILITIES[0]
        held = (self.consents.get(self.public_id(record)) for record in records)
        closed = (VISIBILITIES.index(consent.visibility) for consent in held if consent is not None)
        return VISIBILITIES[max(closed, default=0)]


def _require(folder: Path) -> None:
    if not folder.is_dir():
        raise NotFound(Message("{folder}: there is no such folder; name a case folder", folder=folder))
    if not (folder / FILENAME).is_file():
        raise NotFound(
            Message(
                "{folder}: this is no case folder, it has no {name}; `cenotaph init` makes one",
                folder=folder,
                name=FILENAME,
            )
        )
    if not (folder / LEDGER).is_file():
        raise NotFound(
            Message(
                "{folder}: it has a {name} and no {ledger}. If it is a template, build it into a folder of its own "
                "with --out; if it is a case, bring its ledger back from a backup",
                folder=folder,
                name=FILENAME,
                ledger=LEDGER,
            )
        )


def _write_config(folder: Path, text: str) -> None:
    """Check the configuration, then write it whole or not at all; another one is never overwritten."""
    read_config(text)
    path, data = folder / FILENAME, text.encode("utf-8")
    if path.exists() and path.read_bytes() != data:
        raise Conflict(
            Message("{file}: there is another configuration here; remove it, or name another folder", file=path)
        )
    folder.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{FILENAME}.new")
    with temporary.open("wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())
    temporary.replace(path)
