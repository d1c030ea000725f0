from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.errors import InputError
from cenotaph.ledger.canon import SAFE_INTEGER, canonical, digest, flat_digest, salted_digest

_PLAIN = st.none() | st.booleans() | st.integers(-SAFE_INTEGER, SAFE_INTEGER) | st.text(st.characters(codec="utf-8"))
_KEYS = st.text(st.characters(codec="utf-8"), max_size=5)
STRUCTURES = st.recursive(_PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4))


@given(STRUCTURES)
def test_a_structure_comes_back_from_its_canonical_text(data: Any) -> None:
    """Nothing is lost between a structure and its text."""
    assert json.loads(canonical(data)) == data


@given(st.dictionaries(_KEYS, _PLAIN, min_size=2))
def test_the_order_of_keys_does_not_matter(data: dict[str, Any]) -> None:
    """Two tables with the same content have the same digest, whatever order they were filled in."""
    assert digest(dict(reversed(data.items()))) == digest(data)


@given(STRUCTURES, STRUCTURES)
def test_different_structures_have_different_texts(left: Any, right: Any) -> None:
    """The text tells any two structures apart, even where Python thinks that true equals 1."""
    assert (canonical(left) == canonical(right)) == (json.dumps(left) == json.dumps(right)) or left == right


def test_joined_strings_cannot_be_confused() -> None:
    """What stands in one field cannot be moved to its neighbour without changing the digest."""
    assert digest({"a": "xy", "b": "z"}) != digest({"a": "x", "b": "yz"})
    assert digest(["ab", "c"]) != digest(["a", "bc"])


def test_keys_stand_in_the_order_of_rfc_8785() -> None:
    """Keys are ordered by UTF-16 code units, so that a verifier in another language agrees."""
    assert canonical({"\ufb33": 1, "\U0001f600": 2, "€": 3, "\r": 4, "1": 5}).decode() == (
        '{"\\r":4,"1":5,"€":3,"\U0001f600":2,"\ufb33":1}'
    )


def test_a_known_structure_has_a_known_text() -> None:
    """Control characters, quotes and letters beyond ASCII are written as RFC 8785 writes them."""
    text = canonical({"متن": 'a"\\\n\u0001\u007f', "n": [True, False, None, -3]})
    assert text.decode() == '{"n":[true,false,null,-3],"متن":"a\\"\\\\\\n\\u0001\x7f"}'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"share": 0.5}, "share: a float has no single canonical text"),
        ({"rows": [1, {"n": SAFE_INTEGER + 1}]}, r"rows\[1\]\.n: an integer beyond 2\^53"),
        ({1: "a"}, "the key 1"),
        ({"name": "\ud800"}, "name: half a character"),
        ({"at": {1, 2}}, "at: a set"),
        (b"bytes", "the value: a bytes"),
    ],
)
def test_what_has_no_single_text_is_refused(data: object, message: str) -> None:
    """A value that another language would write otherwise is refused, and the message says where it stands."""
    with pytest.raises(InputError, match=message):
        canonical(data)


@given(st.text(st.characters(codec="utf-8")), st.integers(0, SAFE_INTEGER))
def test_the_fast_digest_is_the_digest(text: str, number: int) -> None:
    """The short way for flat structures gives the same digest as the long one."""
    assert flat_digest({"a": text, "b": number}) == digest({"b": number, "a": text})


def test_the_salt_hides_the_words() -> None:
    """Who guesses the words still cannot compute their digest without the salt."""
    assert salted_digest(b"words", bytes(32)) != salted_digest(b"words", bytes(31) + b"\x01")
