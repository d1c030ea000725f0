"""A row of the ledger as it lies on the disk, byte for byte, for the verifier: nothing about it is believed.

Invariant: reading a row never fails, whatever was done to it; what cannot be read has no header.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from cenotaph.ledger import canon
from cenotaph.ledger.entries import KINDS, VERSION, Header

READ = """
SELECT entry.sequence, version, kind, facts, facts_digest, words_digest, author, at, previous, hash, salt, words,
       typeof(version) || typeof(kind) || typeof(facts) || typeof(facts_digest) || typeof(words_digest)
         || typeof(author) || typeof(at) || typeof(previous) || typeof(hash),
       typeof(salt) || typeof(words)
FROM entry LEFT JOIN words ON words.sequence = entry.sequence
"""
_TYPES = b"integer" + b"text" * 8
_WORD_TYPES = b"blobtext"
_NO_WORDS = b"nullnull"


class Row(NamedTuple):
    """One entry and its words, as stored; texts are bytes."""

    sequence: int
    version: int
    kind: bytes
    facts: bytes
    facts_digest: bytes
    words_digest: bytes
    author: bytes
    at: bytes
    previous: bytes
    hash: bytes
    salt: bytes | None
    words: bytes | None
    types: bytes
    word_types: bytes

    @property
    def header(self) -> Header | None:
        """What its hash should cover, or None where the row cannot be read."""
        if self.types != _TYPES:
            return None
        try:
            return Header(
                at=self.at.decode(),
                author=self.author.decode(),
                facts=self.facts_digest.decode(),
                kind=self.kind.decode(),
                previous=self.previous.decode(),
                sequence=self.sequence,
                version=self.version,
                words=self.words_digest.decode(),
            )
        except UnicodeDecodeError:
            return None

    @property
    def own_facts_digest(self) -> bytes:
        """The digest its facts have now."""
        return hashlib.sha256(self.facts).hexdigest().encode() if isinstance(self.facts, bytes) else b""

    @property
    def own_words_digest(self) -> bytes | None:
        """The salted digest its words have now; None where they are gone."""
        return None if self.word_types == _NO_WORDS else words_digest(self.salt, self.words, self.word_types)

    def is_entry(self, header: Header) -> bool:
        """Say whether the row's hash is the hash of this header."""
        return header.hash().encode() == self.hash


def words_digest(salt: bytes | None, words: bytes | None, types: bytes) -> bytes:
    """Return the salted digest of words as stored; nothing where they are not even of the right types."""
    if types != _WORD_TYPES or salt is None or words is None:
        return b""
    return canon.salted_digest(words, salt).encode()


def altered(row: Row, before: bytes | None, after: bytes | None) -> str:
    """Say what of a row was altered, by undoing one thing after another until its hash is right again.

    Parameters
    ----------
    row
        A row whose hash is not that of its header.
    before
        Hash of the entry before it.
    after
        What the entry after it gives as the hash of this one.
    """
    header = row.header
    if header is None:
        return "it was altered and cannot be read"
    if after is not None and header.hash().encode() == after:
        return "its hash was altered"
    undone = {
        "the digest of its facts was altered": header._replace(facts=row.own_facts_digest.decode()),
        "the digest of its words was altered": header._replace(words=(row.own_words_digest or b"").decode()),
        "its link to the entry before was altered": header._replace(previous=_text(before)),
        **{f"its kind was altered, it was {kind}": header._replace(kind=kind) for kind in KINDS},
        **{f"its version was altered, it was {v}": header._replace(version=v) for v in range(1, VERSION + 1)},
    }
    found = next((what for what, other in undone.items() if row.is_entry(other)), None)
    if found is not None:
        return found
    if row.own_facts_digest != row.facts_digest:
        return "its facts and more of it were altered"
    unknown = ["its author", "its time"]
    unknown += ["the digest of its words"] if row.own_words_digest is None else []
    unknown += ["its hash"] if after is None else []
    return f"{', '.join(unknown[:-1])} or {unknown[-1]} was altered"


def _text(value: bytes | None) -> str:
    return (value or b"").decode("utf-8", errors="replace")
