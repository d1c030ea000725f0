"""The Persian catalogue of the command line against the sentences that the program can say."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import cenotaph
from cenotaph.messages import load
from cenotaph.messages.message import FIELD
from cenotaph.publishing.ground_guard import Held
from cenotaph.publishing.guard import Withheld
from cenotaph.registry.criteria import INCLUSION
from cenotaph.registry.exposure import ACTS

SOURCE = Path(cenotaph.__file__).parent
SPEAKERS = {"Message", "say", "spoken"}
CODES = {
    "attested",
    "gone",
    "new",
    "reported",
    "corroborated",
    "disputed",
    "withdrawn",
    "supported",
    "fragile",
    "refused",
    *INCLUSION,
    *Withheld,
    *Held,
}
CODES |= {*ACTS, "certain", "possible", "no"}


def spoken() -> Iterator[str]:
    """Yield every sentence that the source gives to a speaker as it stands."""
    for path in SOURCE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "cenotaph.messages" not in text and "cenotaph.cli.talking" not in text:
            continue  # another `say` than ours
        for node in ast.walk(ast.parse(text)):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            speaker = node.func.func if isinstance(node.func, ast.Call) else node.func
            if isinstance(speaker, ast.Name) and speaker.id in SPEAKERS and isinstance(node.args[0].value, str):
                yield node.args[0].value


def test_every_message_has_a_persian_translation() -> None:
    """Each sentence of the command line, and each code it shows as a word, is in the Persian catalogue."""
    catalogue = load("cenotaph.messages", "fa")
    assert catalogue is not None
    said = set(spoken())
    assert len(said) > 100
    assert {text for text in said | CODES if not (found := catalogue.get(text)) or not found.string} == set()


def test_translations_have_the_placeholders_of_their_sentence() -> None:
    """A translation names the same parts as the English sentence, each at least once."""
    catalogue = load("cenotaph.messages", "fa")
    assert catalogue is not None
    wrong = [m.id for m in catalogue if m.id and set(FIELD.findall(m.id)) != set(FIELD.findall(str(m.string)))]
    assert wrong == []


def test_nothing_in_the_catalogue_is_left_over() -> None:
    """Every entry of the catalogue is a sentence that the program can still say."""
    catalogue = load("cenotaph.messages", "fa")
    assert catalogue is not None
    assert {m.id for m in catalogue if m.id} - set(spoken()) - CODES == set()


@pytest.mark.parametrize("sign", ["\u2066", "\u2067", "\u2068", "\u2069", "ي", "ك", "\u0640"])
def test_the_catalogue_is_written_in_clean_persian(sign: str) -> None:
    """No translation holds an isolate of its own, an Arabic yeh or kaf, or a stretched letter."""
    catalogue = load("cenotaph.messages", "fa")
    assert catalogue is not None
    assert [m.id for m in catalogue if m.id and sign in str(m.string)] == []
