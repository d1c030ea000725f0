"""What records state of a person's fate, in the list's own words and in codes."""

from __future__ import annotations

from pathlib import Path

from cenotaph.case import Case
from cenotaph.pipeline import build
from cenotaph.pipeline.estimating import register_of


def test_a_word_that_the_mapping_codes_is_read_as_its_code(tmp_path: Path) -> None:
    """A list's own word for a fate counts as the code that cenotaph.toml gives it, whatever the word says by itself."""
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "one.csv").write_text("id,name,what\n1,Tavan Orsen,Vanishing\n2,Miran Velk,Killed\n3,Ana Kes,Moved\n")
    codes = '{ Vanishing = "disappeared", Moved = "alive" }'
    fate = f'columns.fate = {{ column = "what", codes = {codes} }}\n'
    lists = f'[lists.one]\nfile = "one.csv"\nkey = "id"\ncolumns.name = "name"\n{fate}'
    Case.create(folder, f'[case]\ntitle = "x"\nlanguages = ["en"]\n{lists}', secret=bytes(32))
    build(folder, until="register")
    found = [(str(person.fate), person.included) for person in register_of(Case.load(folder)).persons()]
    assert found == [("disappeared", True), ("killed", True), ("alive", False)]
