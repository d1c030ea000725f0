"""What is proposed for spreadsheets as groups keep them, and what is asked instead of guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.proposing.books import persian_workbook

from cenotaph.errors import InputError
from cenotaph.sources.proposing import Draft, propose


def of(text: str, name: str = "list.csv") -> Draft:
    return propose(text.encode(), name)


def lines(draft: Draft) -> dict[str, tuple[object, str]]:
    return {line.key: (line.value, line.certainty) for line in draft.lines}


def kinds(draft: Draft) -> set[str]:
    return {doubt.kind for doubt in draft.doubts}


def test_a_persian_workbook_with_solar_dates_is_understood() -> None:
    """Persian headers below a merged title, and days shown in the Solar Hijri calendar, are all proposed."""
    draft = propose(persian_workbook(), "فهرست.xlsx")
    found = lines(draft)
    expected = {
        "key": "ردیف", "language": "fa", "date_order": "ymd", 'columns."name.given"': "نام",
        'columns."name.family"': "نام خانوادگی", 'columns."name.father"': "نام پدر", "columns.age": "سن",
        "columns.sex": "جنسیت", 'columns."death.date"': "تاریخ اعدام", 'columns."death.place"': "محل اعدام",
        'calendar."death.date"': "persian", "columns.contact": "شماره تماس خانواده",
    }  # fmt: skip
    assert {key: found[key] for key in expected} == {key: (value, "sure") for key, value in expected.items()}
    assert found["columns.name"] == ("{نام} {نام خانوادگی}", "doubtful")
    assert "shown-calendar" in kinds(draft)
    assert draft.unmapped == ()


def test_a_norwegian_table_with_titles_above_its_headers_is_understood() -> None:
    """Semicolons, a title row and Norwegian compounds are read, and a day past the twelfth proves the order."""
    draft = of(
        "Liste over drepte;;;;\n;;;;\nLøpenr;Navn;Fødselsdato;Dødsdato;Dødssted\n"
        "1;Sina Varzin;03.04.1961;30.07.1988;Nordby\n2;Tara Rostak;25.04.1961;01.08.1988;Sørby\n"
    )
    found = lines(draft)
    assert found["key"] == ("Løpenr", "sure")
    assert found['columns."birth.date"'] == ("Fødselsdato", "sure")
    assert found['columns."death.date"'] == ("Dødsdato", "sure")
    assert found["date_order"] == ("dmy", "sure")
    assert found["language"] == ("no", "sure")


def test_french_names_in_two_columns_are_put_together_and_an_open_order_is_held_back() -> None:
    """*Nom* beside *Prénom* is the family name, and days that could be months leave the order unsettled."""
    draft = of("N°;Nom;Prénom;Date d'arrestation\n1;Varzin;Sina;01/02/1992\n2;Rostak;Tara;05/06/1992\n")
    found = lines(draft)
    assert found['columns."name.family"'] == ("Nom", "sure")
    assert found["columns.name"] == ("{Prénom} {Nom}", "doubtful")
    assert found["date_order"] == ("dmy", "held")
    assert "order" in kinds(draft)


def test_an_arabic_table_is_understood() -> None:
    """Arabic headers with their article are proposed, and the letters tell Arabic from Persian."""
    draft = of(
        "الرقم,الاسم الكامل,العمر,تاريخ الوفاة,مكان الوفاة\n"
        "1,سامي ورزين,24,13/05/2012,حمص\n2,منى رستاك,31,02/06/2012,حلب\n"
    )
    found = lines(draft)
    assert found["language"] == ("ar", "sure")
    assert found['columns."death.date"'] == ("تاريخ الوفاة", "sure")
    assert found['columns."death.place"'] == ("مكان الوفاة", "sure")


def test_a_bare_date_is_held_back_and_its_calendar_with_it() -> None:
    """A list that does not say of which act its date is gets no date of death by guess."""
    draft = of("نام / Name,تاریخ / Date\nسینا ورزین,۱۳۶۷/۰۵/۰۷\nتارا رستاک,۱۳۶۷/۰۵/۲۲\n")
    found = lines(draft)
    assert found['columns."death.date"'] == ("تاریخ / Date", "held")
    assert found['calendar."death.date"'] == ("persian", "held")
    assert "act" in kinds(draft)


def test_a_prison_may_be_where_somebody_was_held_or_died() -> None:
    """A column headed *prison* alone is asked about, and one that says detention is not."""
    table = "name,date of death,{}\nSina Varzin,1988-07-30,North\n"
    assert lines(of(table.format("prison")))['columns."detention.place"'] == ("prison", "held")
    assert lines(of(table.format("place of detention")))['columns."detention.place"'][1] == "sure"


def test_contradicting_orders_and_flattened_days_are_named() -> None:
    """Days that prove both orders leave it unsettled, and a column of first days is said to be filled in."""
    rows = "".join(f"{n},P{n} Q,01/0{1 + n % 9}/1988\n" for n in range(60))
    draft = of(f"no,name,date of death\n{rows}70,A B,25/03/1988\n71,C D,03/25/1988\n")
    assert lines(draft)["date_order"][1] == "held"
    assert {"order", "flattened"} <= kinds(draft)


def test_numbers_that_stand_twice_are_named_and_joined_with_the_name() -> None:
    """A repeated number is reported, and the key becomes number and name."""
    draft = of("no,name\n1,Sina Varzin\n1,Tara Rostak\n2,Omid Lavar\n")
    assert lines(draft)["key"] == ("{no}-{name}", "doubtful")
    assert "duplicate-numbers" in kinds(draft)


def test_a_block_of_flags_beside_a_book_is_asked_about_and_other_flags_are_not() -> None:
    """Columns of 0 and 1 are citations only as a block with a source in it, and only as a question."""
    head, row = "name,red_book,un_reports,left_site", "Sina Varzin,1,0,1\nTara Rostak,0,1,1\n"
    draft = of(f"{head}\n{row}")
    assert draft.cites == {"red_book": "red_book", "un_reports": "un_reports", "left_site": "left_site"}
    assert "cites" in kinds(draft)
    assert of(f"name,tortured,hooded,tried\n{row}").cites == {}


def test_what_people_alone_know_is_never_proposed() -> None:
    """No file makes a list a capture, gives it a coverage, a parent or a statement."""
    draft = of("no,name,date of death\n1,Sina Varzin,1988-07-30\n")
    assert not {"capture", "covers", "derived_from", "states"} & set(lines(draft))
    assert lines(draft)["unique"] == (True, "held")


def test_sex_as_a_yes_or_no_is_turned_into_codes_with_a_question() -> None:
    """A column *male* of 0 and 1 gives a sex, and says what it took the figures for."""
    draft = of("name,male\nSina Varzin,1\nTara Rostak,0\n")
    assert lines(draft)["columns.sex"] == ({"column": "male", "codes": {"1": "male", "0": "female"}}, "doubtful")


def test_doubled_headers_and_ten_thousand_columns_are_borne() -> None:
    """Two headers of one name stay two columns, and a table of ten thousand columns gives a proposal."""
    doubled = lines(of("id,name,name\n1,Sina Varzin,سینا ورزین\n2,Tara Rostak,تارا رستاک\n"))
    assert doubled["columns.name"] == ("name", "sure")
    assert doubled['columns."name[2]"'] == ("name (2)", "sure")
    wide = ",".join(f"c{n}" for n in range(9999))
    assert lines(of(f"name,{wide}\n" + ",".join(["x"] * 10000) + "\n"))["columns.name"] == ("name", "sure")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.csv", b"", "is empty"),
        ("binary.csv", bytes(range(256)) * 9, "not text but binary data"),
        ("locked.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "without a password"),
        ("text.xlsx", b"hello", "ends in .xlsx"),
        ("half.xlsx", persian_workbook()[:3000], "no whole Excel workbook"),
        ("letter.docx", b"PK\x03\x04" + b"\0" * 99, "it is a Word document; copy its table"),
    ],
)
def test_a_file_that_is_no_list_says_what_to_do(name: str, data: bytes, message: str) -> None:
    """A file that cannot be a list is refused with its name and what to do."""
    with pytest.raises(InputError, match=message):
        propose(data, name)


CELLS = st.text(st.characters(exclude_characters='\r\n",;\t\x00', exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=2, max_size=6))
def test_no_table_breaks_the_proposer(rows: list[list[str]]) -> None:
    """Whatever cells a table has, it is proposed or refused with a reason, and no column is used and unmapped."""
    text = "\n".join(",".join(row) for row in rows)
    try:
        draft = of(text)
    except InputError:
        return
    assert not set(draft.unmapped) & draft.used
    assert "key" in lines(draft)
