"""Opaque ids: keyed digests of record ids, so that neither a page's address nor a kept fact gives a record away.

Invariant: the same secret and record always give the same id; without the secret nobody can go from one to the other,
even who knows every record id. Ids have no vowels (no words can form) and end in a check character.
"""

from __future__ import annotations

import hmac

ALPHABET = "0123456789bcdfghjkmnpqrstvwxz"  # the "betanumeric" characters of ARK ids: 29, a prime, as the check needs
LENGTH = 12  # 58 bits: among a million records two collide with a chance of one in a million
_PURPOSE = b"cenotaph public id\x00"  # keeps these digests apart from any other use of the secret


def public_id(secret: bytes, record: str) -> str:
    """Return the opaque id of a record: 12 characters and a check character.

    Examples
    --------
    >>> public_id(bytes(32), "list:1")
    '097sdmcvsf32f'
    """
    number = int.from_bytes(hmac.digest(secret, _PURPOSE + record.encode("utf-8"), "sha256")[:16], "big")
    characters = []
    for _ in range(LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        characters.append(ALPHABET[rest])
    body = "".join(characters)
    return body + check_character(body)


def check_character(body: str) -> str:
    """Return the character that catches any single mistyped character and any swap of two neighbours."""
    return ALPHABET[sum(place * ALPHABET.index(char) for place, char in enumerate(body, 1)) % len(ALPHABET)]


def is_public_id(text: str) -> bool:
    """Say whether a text has the form of an opaque id and its check character is right."""
    return len(text) == LENGTH + 1 and set(text) <= set(ALPHABET) and check_character(text[:-1]) == text[-1]
