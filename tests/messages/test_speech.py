"""How a sentence is said: English as it is, Persian with everything foreign set apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.errors import NotFound
from cenotaph.messages import ENGLISH, Message, speech
from cenotaph.messages.speech import FIRST, LEFT, POP

PERSIAN = speech("fa")
TEXTS = st.text(st.characters(exclude_characters="\u2066\u2067\u2068\u2069", exclude_categories=["Cs"]), max_size=30)


def test_a_message_is_its_english_sentence() -> None:
    """A message behaves as the English text, in JSON too, with numbers written as people read them."""
    message = Message("{n} rows above the header left out", n=1200)
    assert message == "1,200 rows above the header left out"
    assert json.dumps({"what": message}) == '{"what": "1,200 rows above the header left out"}'
    assert ENGLISH(message) == message


def test_an_error_keeps_its_message() -> None:
    """A message given to an error comes out of it whole, and can be said in Persian."""
    error = NotFound(Message("{folder}: there is no such folder; name a case folder", folder=Path("/srv/x")))
    assert str(error) == "/srv/x: there is no such folder; name a case folder"
    assert PERSIAN(error.args[0]) == f"{LEFT}/srv/x{POP}: چنین پوشه‌ای نیست؛ پوشهٔ یک پروژه را نام ببرید"


def test_numbers_are_written_in_persian_digits_and_latin_words_set_apart() -> None:
    """A Persian sentence has Persian digits, and a command in it stands between isolates."""
    said = PERSIAN(Message("entry {entry} of the ledger; run build to see what follows", entry="17"))
    assert f"{FIRST}17{POP}" in said
    assert f"{LEFT}build{POP}" in said
    assert PERSIAN(Message("{n} pages", n=1234)) == "۱٬۲۳۴ صفحه"


def test_what_has_no_translation_is_said_in_english() -> None:
    """A sentence that no catalogue holds is said in English rather than lost."""
    assert PERSIAN(Message("the {thing} is blue", thing="sky")) == "the sky is blue"


def test_a_line_of_values_runs_as_the_language_does() -> None:
    """A Persian line that holds nothing but values still begins at the right, and its arrow points to the left."""
    assert (PERSIAN.line_start, PERSIAN.arrow) == ("\u200f", "←")
    assert (ENGLISH.line_start, ENGLISH.arrow) == ("", "→")


@given(TEXTS)
def test_every_isolate_is_closed(text: str) -> None:
    """Whatever text is filled in, each isolate of a Persian sentence is closed and holds the text whole."""
    said = PERSIAN(Message("{folder}: there is no {name}; name a case folder", folder=text, name="ledger.sqlite"))
    assert said.count(FIRST) + said.count(LEFT) == said.count(POP)
    assert text in said


@pytest.mark.parametrize(
    ("named", "language"),
    [("fa", "fa"), ("fa-IR", "fa"), ("fa_IR.UTF-8", "fa"), ("C.UTF-8", "en"), ("nb_NO", "en"), ("", "en")],
)
def test_a_locale_names_a_speech(named: str, language: str) -> None:
    """A language tag and a system's locale choose the same speech; what is not spoken is English."""
    assert speech(named).language == language
