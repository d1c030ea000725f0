"""`cenotaph.toml`: what it says is frozen; what is wrong with it is said at once, with place and remedy."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from cenotaph.config import (
    Config,
    ListTable,
    is_template,
    load_config,
    read_config,
    read_period,
    template_columns,
)
from cenotaph.errors import ConfigError, NotFound
from cenotaph.linkage import LinkSettings

HEAD = '[case]\ntitle = "A town"\nlanguages = ["en", "fa"]\n'
LIST = '[lists.paper]\nfile = "paper.csv"\nkey = "id"\ncolumns.name = "name"\n'


def _list(text: str) -> ListTable:
    return read_config(HEAD + LIST + text).lists["paper"]


def _problem(text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        read_config(text)
    return str(caught.value)


def test_the_least_that_can_be_said() -> None:
    """A title and a language make a case; everything else has a meaning when left out."""
    config = read_config(HEAD)
    assert config.case.title_in("fa") == "A town"
    assert config.languages == ("en", "fa")
    assert (config.case.span, config.case.invented, config.lists) == ((None, None), False, {})
    assert config.publisher.missing == ("name", "affiliation", "funding", "contact")
    assert (config.estimation.classes, config.estimation.lists, config.estimation.seed) == (10, None, 1988)
    assert config.linkage.unnamed == "apart"
    assert config.linkage.questions == LinkSettings().questions  # one default, in two rooms


def test_a_list_says_how_it_is_read() -> None:
    """Every key of a list comes back with its meaning, short forms spelt out."""
    found = _list(
        'title = "Paper"\nunique = true\ncapture = false\nstates = "killed"\ndate_order = "dmy"\nlanguage = "en"\n'
        'encoding = "CP1256"\ndelimiter = ";"\nsheet = 2\ncovers = { period = "2015/..", manner = ["shot"] }\n'
        'columns."death.date" = ["date", "{day} {month}"]\ncolumns."death.place" = "{city}, {state}"\n'
        'columns.sex = { column = "g", codes = { M = "male", X = "unknown" } }\ncolumns."trial[2].date" = "second"\n'
        'calendar."death.date" = "solar-hijri"\n[lists.paper.cites]\nbook = "BOOK"\n'
        'leaflet = { column = "L", title = "The leaflet", derived_from = "book" }\n'
    )
    assert found.files == ("paper.csv",)
    assert (found.unique, found.capture, found.states, found.date_order) == (True, False, "killed", "dmy")
    assert (found.encoding, found.delimiter, found.sheet) == ("cp1256", ";", 2)
    assert found.columns["death.date"].alternatives == ("date", "{day} {month}")
    assert found.columns["death.date"].sources == ("date", "day", "month")
    assert found.columns["death.place"].sources == ("city", "state")
    assert found.columns["sex"].codes == {"M": "male", "X": "unknown"}
    assert found.calendar == {"death.date": "persian"}
    assert found.cites["book"].column == "BOOK"
    assert found.cites["leaflet"].derived_from == ("book",)


def test_whether_a_list_may_serve_is_asked_never_assumed() -> None:
    """A list that does not say whether it is a capture has not been asked."""
    assert _list("").capture is None


def test_editions_stand_in_their_order() -> None:
    """Several files of a list are its editions, the oldest first."""
    text = HEAD + LIST.replace('"paper.csv"', '["paper-2020.csv", "paper-2021.csv"]')
    assert read_config(text).lists["paper"].files == ("paper-2020.csv", "paper-2021.csv")


def test_a_configuration_is_frozen() -> None:
    """Nobody changes a configuration after it was read."""
    config = read_config(HEAD)
    with pytest.raises(ValidationError, match="frozen"):
        config.case.title = "Another"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD + LIST + 'colums.sex = "g"\n', "[lists.paper] unknown key `colums`; did you mean `columns`?"),
        (HEAD + "[publihser]\n", "unknown key `publihser`; did you mean `publisher`?"),
        (HEAD + '[publisher]\nmail = "x"\n', "[publisher] unknown key `mail`; remove it"),
        (
            HEAD + LIST + 'columns."deth.date" = "d"\n',
            "[lists.paper.columns] property `deth.date` does not exist; did you mean `death.date`?",
        ),
        (
            HEAD + LIST + 'columns."other.note" = "n"\n',
            "[lists.paper.columns] property `other.note` cannot be mapped: unmapped columns become `other.`",
        ),
        (HEAD + LIST + 'columns.sex = { colum = "g" }\n', "[lists.paper.columns.sex] unknown key `colum`"),
        (
            HEAD + LIST + 'columns.sex = { column = "g", template = "{g}" }\n',
            "[lists.paper.columns.sex] say where the value is with one of `column`, `columns` or `template`",
        ),
        (
            HEAD + LIST + 'columns.sex = { column = "g", codes = { M = "man" } }\n',
            "[lists.paper] `columns`: `sex`: `man` is no code of it; its codes are male, female, other, unknown",
        ),
        (
            HEAD + LIST + 'columns.age = "{age"\n',
            '[lists.paper.columns.age] `columns`: "{age" is no column',
        ),
        (
            HEAD + LIST + 'date_order = "ydm"\n',
            "[lists.paper] `date_order` = 'ydm': it should be 'ymd', 'dmy'",
        ),
        (
            HEAD + LIST + 'states = "dead"\n',
            "[lists.paper] `states` = 'dead': it should be 'killed', 'died' or 'disappeared'",
        ),
        (HEAD + LIST + 'unique = "yes"\n', "[lists.paper] `unique` = 'yes': it should be a valid boolean"),
        (HEAD + LIST + 'encoding = "utf-88"\n', '[lists.paper] `encoding`: "utf-88" is no encoding; write one such as'),
        (HEAD + LIST + 'delimiter = "||"\n', "[lists.paper] `delimiter` = '||': "),
        (HEAD + LIST + "sheet = 0\n", "[lists.paper] `sheet`: write the name of a sheet, or its number counted from 1"),
        (
            HEAD + LIST + 'calendar.name = "lunar"\n',
            '[lists.paper.calendar] `name`: "lunar" is no calendar; write one of gregory, persian, islamic',
        ),
        (
            HEAD + LIST + 'calendar."death.date" = "persian"\n',
            '[lists.paper] calendar."death.date": no column is mapped to this property; map it, or remove the calendar',
        ),
        (HEAD + LIST + 'covers = { period = "early" }\n', '[lists.paper] `covers`: "early" is no period; write it as'),
        (
            HEAD + LIST + 'covers = { manner = "shot" }\n',
            "[lists.paper] `covers`: `manner`: write a list",
        ),
        (HEAD + LIST + 'covers = { period = ["2015"] }\n', "[lists.paper] `covers`: `period`: write a period such as"),
        (HEAD + LIST + 'covers = { maner = ["shot"] }\n', "[lists.paper] `covers`: property `maner` does not exist"),
        (
            HEAD + LIST + 'derived_from = ["papr"]\n[lists.papers]\nfile = "p"\nkey = "k"\ncolumns.name = "n"\n',
            "[lists.paper] `derived_from` names the list `papr`, which is not there; did you mean `papers`?",
        ),
        (HEAD + LIST + 'derived_from = "paper"\n', "[lists.paper] `derived_from` names the list `paper`, which is not"),
        (
            HEAD + '[estimation]\nlists = ["x"]\n',
            "[estimation] `lists` names the list `x`, which is not there",
        ),
        (
            HEAD + '[estimation]\nby = ["colour"]\n',
            "[estimation] `by`: name each of place, period, affiliation, sex, man",
        ),
        (HEAD + '[estimation]\nperiods = ["soon"]\n', "[estimation] `periods"),
        (HEAD + "[estimation]\nexpansion = [5]\n", "[estimation] `expansion` = [5]"),
        (HEAD + "[estimation]\nlinkage = -1\n", "[estimation] `linkage` = -1: it should be greater than or equal to 0"),
        (
            HEAD + '[linkage]\nunnamed = "always"\n',
            "[linkage] `unnamed` = 'always': it should be 'apart' or 'unique-event'",
        ),
        (HEAD + "[linkage]\nquestions = 0\n", "[linkage] `questions` = 0: it should be greater than or equal to 1"),
        (HEAD + '[linkage]\nquestions = "all"\n', "[linkage] `questions` = 'all': it should be a valid integer"),
        (HEAD + "[estimation]\nclasses = 0\n", "[estimation] `classes` = 0: it should be greater than or equal to 1"),
        (
            HEAD + '[publish]\naudience = { note = "all" }\n',
            "[publish.audience] `note` = 'all': it should be",
        ),
        (HEAD + '[publish]\nbase_url = "www.x.org"\n', "[publish] `base_url` = 'www.x.org': it should look like"),
        (HEAD + '[lists."my list"]\n', "[lists] `my list` is no name for this; names are letters, digits, - and _"),
        (HEAD.replace('"fa"', '"Farsi"'), "[case] `languages` = 'Farsi': it should look like"),
        (HEAD + "period = 2013-01-01\n", "[case] `period` = datetime.date(2013, 1, 1): put it in quotes"),
        (HEAD + 'period = "2017/2013"\n', '[case] `period`: "2017/2013" is no period'),
        (HEAD + "country = 7\n", "[case] `country` = 7: it should be a valid string"),
        ('[case]\nlanguages = "en"\n', "[case] `title` is missing; it must be given"),
        ('[case]\ntitle = ""\nlanguages = "en"\n', "[case] `title` = '': it must not be empty"),
        ("", "`case` is missing; it must be given"),
        ('case = "x"\n', "[case] it should be a table"),
        (HEAD + 'lists = ["x"]\n', "[case] unknown key `lists`"),
    ],
)
def test_a_problem_is_said_with_its_place_and_remedy(text: str, message: str) -> None:
    """Each thing that cannot be followed is said with table, key and what to do."""
    found = _problem(text)
    assert found.startswith("cenotaph.toml: ")
    assert message in found


def test_a_key_that_lost_its_quotes_is_explained() -> None:
    """Whoever writes columns.death.date without quotes is told to put them."""
    found = _problem(HEAD + LIST + 'columns.death.date = "d"\n')
    assert 'unknown key `date`; write columns."death.date", with the quotes' in found


def test_all_problems_are_said_at_once() -> None:
    """Three mistakes in three tables are three lines of one message."""
    found = _problem(HEAD + 'period = "soon"\n' + LIST + 'states = "dead"\nderived_from = ["nobody"]\n[nothing]\n')
    first, *lines = found.splitlines()
    assert first == "cenotaph.toml: 4 problems"
    assert [line.strip().split("]")[0] for line in lines[:2]] == ["[case", "[lists.paper"]
    assert any("names the list `nobody`" in line for line in lines)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[case\n", r"line 1, column 6.*correct that line"),
        ('[case]\ntitle = "a"\ntitle = "b"\n', r"Cannot overwrite a value \(at line 3"),
        (LIST + 'columns.name.father = "f"\n', r"Cannot .*columns\.\"name\.father\"|Cannot .*correct that line"),
    ],
)
def test_what_is_no_toml_is_said_with_its_line(text: str, message: str) -> None:
    """A slip of the pen is found by its line."""
    with pytest.raises(ConfigError, match=message):
        read_config(text)


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    """What a simple editor on Windows saves is read: a mark at the beginning, two characters at each line's end."""
    path = tmp_path / "cenotaph.toml"
    path.write_bytes(b"\xef\xbb\xbf" + (HEAD + LIST).replace("\n", "\r\n").encode())
    assert load_config(path) == load_config(tmp_path) == read_config(HEAD + LIST)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    """A file that is no UTF-8 is refused with the place of the first wrong byte."""
    (tmp_path / "cenotaph.toml").write_bytes('[case]\ntitle = "é"'.encode("latin-1"))
    with pytest.raises(ConfigError, match=r"cenotaph\.toml: byte 16 is not UTF-8; save the file as UTF-8"):
        load_config(tmp_path)


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    """Where there is no configuration, the way to one is named."""
    with pytest.raises(NotFound, match=r"there is no such file; `cenotaph init` makes"):
        load_config(tmp_path / "cenotaph.toml")


TOML = st.recursive(
    st.booleans() | st.integers(-9, 9) | st.text("ab.{}/-", max_size=5) | st.dates().map(str),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["case", "lists", "columns", "cites", "covers", "file", "a"]), inner, max_size=3
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["case", "publisher", "lists", "publish", "estimation", "criteria"]), TOML))
def test_no_structure_makes_it_fail_otherwise(data: dict[str, object]) -> None:
    """Whatever well-formed nonsense is written, the answer is a configuration or a message, never another error."""
    try:
        found: Config | str = read_config(_toml(data))
    except ConfigError as error:
        found = str(error)
    assert isinstance(found, Config) or found.startswith("cenotaph.toml: ")


def _toml(value: object) -> str:
    """Write a structure as TOML, tables inline."""
    if isinstance(value, dict) and value and all(isinstance(key, str) for key in value):
        return "\n".join(f"{key} = {_inline(each)}" for key, each in value.items())
    return ""


def _inline(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_inline(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1988", dt.date(1988, 1, 1), dt.date(1988, 12, 31)),
        ("1988-02", dt.date(1988, 2, 1), dt.date(1988, 2, 29)),
        ("1988-07-28/1988-09", dt.date(1988, 7, 28), dt.date(1988, 9, 30)),
        ("../1979", None, dt.date(1979, 12, 31)),
        ("2015/..", dt.date(2015, 1, 1), None),
    ],
)
def test_periods_are_read_as_edtf_means_them(text: str, first: dt.date | None, last: dt.date | None) -> None:
    """A year or a month is all of its days, and two dots are an open end."""
    assert read_period(text) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "..", "../..", "88", "1988-13", "1988-02-30", "1988/", "1988/1987", "1988-7", "0000"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    """Nothing is guessed about a period."""
    with pytest.raises(ConfigError, match="is no period; write it as"):
        read_period(text)


@given(st.dates(), st.dates())
def test_a_period_of_two_days_is_those_days(one: dt.date, other: dt.date) -> None:
    """Any two days in their order make the period between them."""
    first, last = sorted((one, other))
    assert read_period(f"{first.isoformat()}/{last.isoformat()}") == (first, last)


def test_templates_are_told_from_columns() -> None:
    """Only braces make a template; a column may have any other name."""
    assert template_columns("{Location of death (city)}, {State} {State}") == ("Location of death (city)", "State")
    assert template_columns("Victim's name, first") == ("Victim's name, first",)
    assert (is_template("{a}"), is_template("a")) == (True, False)
