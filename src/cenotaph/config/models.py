"""What ``cenotaph.toml`` may say, as frozen types; each table of the file is one class.

Invariant: nothing unknown is accepted, and what is left out means what the comment beside it says. A list may serve
in an estimate only when the file says so: ``capture`` left out is "not asked yet".
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    Strict,
    model_validator,
)

from cenotaph.config import checks
from cenotaph.config.period import Period, read_period
from cenotaph.config.templates import template_columns
from cenotaph.values import codes, properties, table_forms

UNSAID = "unknown"  # the code of a word that says nothing
_SHORT = {"period": "date", "manner": "code", "place": "place"}  # what `covers` may say for short, and its kind


Text = Annotated[str, Field(min_length=1)]
STRATA = ("place", "period", "affiliation", "sex", "manner")  # what an estimate may group people by
Texts = Annotated[tuple[Text, ...], BeforeValidator(checks.many)]
Flag = Annotated[bool, Strict()]
Stated = Literal["killed", "died", "disappeared"]  # of everyone whom a source names
PropertyName = Annotated[str, AfterValidator(checks.property)]
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")]
Expression = Annotated[str, AfterValidator(checks.expression)]
PeriodText = Annotated[str, AfterValidator(checks.period)]
CalendarName = Annotated[str, AfterValidator(checks.calendar)]


class Table(BaseModel):
    """A table of the file: frozen, and nothing unknown in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class CaseTable(Table):
    """``[case]``: what the case is."""

    title: Text
    titles: Mapping[Language, Text] = Field(default_factory=dict)  # the title in other languages
    subtitle: str = ""
    languages: Annotated[tuple[Language, ...], BeforeValidator(checks.many), Field(min_length=1)]
    period: PeriodText | None = None  # EDTF; None: any time
    include: str = ""  # who belongs in, in words
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None  # ISO 3166 code, for reading places
    invented: Flag = False  # every page says so

    @property
    def span(self) -> Period:
        """First and last day of the period; None where it is open."""
        return read_period(self.period) if self.period else (None, None)

    def title_in(self, language: str) -> str:
        """Return the title in a language, else the title."""
        return self.titles.get(language, self.title)


class PublisherTable(Table):
    """``[publisher]``: who speaks, and their interest. All of it is required to publish."""

    name: str = ""
    affiliation: str = ""
    funding: str = ""
    contact: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """What must still be said before anything is published."""
        return tuple(name for name in type(self).model_fields if not getattr(self, name).strip())


class ColumnTable(Table):
    """Where the value of one property comes from; in the file a column, a list of them, a template or a table."""

    column: Expression | None = None
    columns: Annotated[tuple[Expression, ...], BeforeValidator(checks.many)] = ()
    template: Expression | None = None
    codes: Mapping[str, str] = Field(default_factory=dict)  # the list's own words -> codes of the property

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: object) -> object:
        """Read the short forms: ``"column"``, ``"{a}, {b}"`` and ``["first", "second"]``."""
        return {"columns": value} if isinstance(value, str | list | tuple) else value

    @model_validator(mode="after")
    def _one_way(self) -> ColumnTable:
        if sum((self.column is not None, bool(self.columns), self.template is not None)) != 1:
            raise ValueError("say where the value is with one of `column`, `columns` or `template`")
        return self

    @property
    def alternatives(self) -> tuple[str, ...]:
        """Columns or templates, of which the first that is filled gives the value."""
        return tuple(text for text in (self.column, self.template, *self.columns) if text is not None)

    @property
    def sources(self) -> tuple[str, ...]:
        """All columns that are looked at, each once."""
        return tuple(dict.fromkeys(name for text in self.alternatives for name in template_columns(text)))


class CitationTable(Table):
    """``[lists.NAME.cites]``: a column by which a compiler says that an earlier list named the person."""

    column: Text
    title: str = ""
    derived_from: Texts = ()

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: object) -> object:
        return {"column": value} if isinstance(value, str) else value


def _covers(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """Check what a list covers: a period for dates, a list of values for anything else."""
    for key, wanted in value.items():
        kind = _SHORT.get(key) or properties.property_of(checks.property(key)).kind
        if kind == "date" and isinstance(wanted, str):
            read_period(wanted)
        elif kind == "date" or not isinstance(wanted, list) or not all(isinstance(item, str) for item in wanted):
            form = 'a period such as "2015/.."' if kind == "date" else 'a list of values such as ["shot"]'
            raise ValueError(f"`{key}`: write {form}")
    return value


def _coded(columns: Mapping[str, ColumnTable]) -> Mapping[str, ColumnTable]:
    """Check that the codes a list's words are turned into are codes of their property."""
    for key in sorted(set(columns) & set(codes.kinds())):
        allowed = (*codes.codes(key), UNSAID)
        wrong = sorted(set(columns[key].codes.values()) - set(allowed))
        if wrong:
            raise ValueError(f"`{key}`: `{wrong[0]}` is no code of it; its codes are {', '.join(allowed)}")
    return columns


class ListTable(Table):
    """``[lists.NAME]``: a source that names people, and how its columns are read."""

    title: str = ""
    file: Annotated[Texts, Field(min_length=1)]  # several: successive editions, the oldest first
    key: Expression  # the list's own record number, or a template
    unique: Flag = False  # the list itself is deduplicated: two of its records are two people
    covers: Annotated[Mapping[str, Any], AfterValidator(_covers)] = Field(default_factory=dict)
    derived_from: Texts = ()  # lists it copied from
    capture: Flag | None = None  # may serve as a list in estimation; None: nobody has said
    states: Stated | None = None  # what standing on the list says of everyone on it
    date_order: Literal["ymd", "dmy", "mdy"] | None = None
    language: Language | None = None
    encoding: Annotated[str, AfterValidator(checks.encoding)] | None = None  # None: detected, and reported
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    sheet: Annotated[str | int | None, PlainValidator(checks.sheet)] = None  # of a workbook: its name, or number from 1
    origin: str = ""  # where the file comes from and on what terms; kept with the capture
    missing: Texts = ()  # what cells of this list say when they say nothing, such as "NA"
    columns: Annotated[Mapping[PropertyName, ColumnTable], Field(min_length=1), AfterValidator(_coded)]
    calendar: Mapping[PropertyName, CalendarName] = Field(default_factory=dict)
    cites: Mapping[Name, CitationTable] = Field(default_factory=dict)

    @property
    def files(self) -> tuple[str, ...]:
        """Files of the list, one an edition, the oldest first."""
        return self.file

    @model_validator(mode="after")
    def _calendars_of_columns(self) -> ListTable:
        idle = [f'calendar."{key}"' for key in self.calendar if key not in self.columns]
        if idle:
            raise ValueError(f"{', '.join(idle)}: no column is mapped to this property; map it, or remove the calendar")
        return self


class RowsTable(Table):
    """``[tables.NAME]``: a table about sites or actors; its columns are known by their headings."""

    about: Literal["sites", "site_history", "site_people", "actors", "posts", "command", "allegations"]
    file: Text  # what lies there is captured again whenever it has changed
    sheet: Annotated[str | int | None, PlainValidator(checks.sheet)] = None
    encoding: Annotated[str, AfterValidator(checks.encoding)] | None = None
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    audience: Literal["public", "internal"] = "internal"  # public: may pass the guard; it lets out less than all of it
    language: Language | None = None  # of texts under a heading that names no language
    calendar: CalendarName | None = None
    date_order: Literal["ymd", "dmy", "mdy"] | None = None
    origin: str = ""
    columns: Mapping[str, Text] = Field(default_factory=dict)  # field -> heading, where the heading is not a known one

    @model_validator(mode="after")
    def _known_fields(self) -> RowsTable:
        allowed = table_forms.fields(self.about)
        wrong = sorted(set(self.columns) - set(allowed))
        if wrong:
            raise ValueError(f"columns.{wrong[0]}: a table about {self.about} has the fields {', '.join(allowed)}")
        return self


class NarrativeTable(Table):
    """``[narratives.NAME]``: an article, a report or a testimony, whose passages a person enters as records."""

    title: str = ""
    file: Annotated[Texts, Field(min_length=1)]  # several: successive editions, the oldest first
    passages: Texts = ()  # files of marked passages that a build enters, beside cenotaph.toml or in --data DIR
    language: Language | None = None
    encoding: Annotated[str, AfterValidator(checks.encoding)] | None = None  # None: detected
    origin: str = ""  # where the file comes from and on what terms; kept with the capture
    derived_from: Texts = ()  # lists and narratives it repeats
    states: Stated | None = None  # what a marked person is stated to be by being named
    date_order: Literal["ymd", "dmy", "mdy"] | None = None
    calendar: Mapping[PropertyName, CalendarName] = Field(default_factory=dict)

    @property
    def files(self) -> tuple[str, ...]:
        """Files of the narrative, one an edition, the oldest first."""
        return self.file


class ImportedListTable(Table):
    """``[registers.NAME.lists.LIST]``: what the group that exported a register said of one of its lists."""

    title: str = ""
    language: Language | None = None
    unique: Flag = False
    capture: Flag | None = None
    states: Stated | None = None
    date_order: Literal["ymd", "dmy", "mdy"] | None = None
    derived_from: Texts = ()
    citation_of: Text | None = None  # the compiler that cites it, where it has no records of its own
    cites: Texts = ()
    covers: Annotated[Mapping[str, Any], AfterValidator(_covers)] = Field(default_factory=dict)
    calendar: Mapping[PropertyName, CalendarName] = Field(default_factory=dict)
    files: tuple[tuple[int, Text], ...] = ()  # edition and SHA-256 of the files the exporting group captured


class RegisterTable(Table):
    """``[registers.NAME]``: a whole register of another case; its lists keep their names, its persons stay persons."""

    title: str = ""
    file: Annotated[Texts, Field(min_length=1)]
    form: Literal["csv", "ftm"] = "csv"
    published: Flag = False  # the keys of its records are ids under which they were published
    origin: str = ""
    lists: Annotated[Mapping[Name, ImportedListTable], Field(min_length=1)]

    @property
    def files(self) -> tuple[str, ...]:
        """The file, as lists have it."""
        return self.file


def _day(text: str) -> str:
    if text:
        try:
            dt.date.fromisoformat(text)
        except ValueError as error:
            raise ValueError(f'"{text}" is no day; write it as "2026-11-30"') from error
    return text


class CorrectionTable(Table):
    """``[[publish.corrections]]``: a line of the public log of corrections; nobody is named in it."""

    date: Annotated[str, Field(min_length=1), AfterValidator(_day)]
    what: Text
    why: str = ""


class PublishTable(Table):
    """``[publish]``: what leaves, and in which languages."""

    languages: Annotated[tuple[Language, ...], BeforeValidator(checks.many)] | None = None  # None: those of the case
    audience: Mapping[PropertyName, Literal["public", "internal"]] = Field(default_factory=dict)
    base_url: Annotated[str, Field(pattern=r"^(https?://.+)?$")] = ""
    date: Annotated[str, AfterValidator(_day)] = ""  # the day the publications speak of; empty: none is printed
    corrections: tuple[CorrectionTable, ...] = ()


class StandTable(Table):
    """``[stand]``: what the sign-up sheets of a stand in the street say; what is left out is written by hand."""

    purpose: Mapping[Language, Text] = Field(default_factory=dict)  # what people sign for, by language
    recipient: str = ""  # to whom the names are handed over
    retention: Annotated[str, AfterValidator(_day)] = ""  # the last day on which signed sheets are kept
    sheets: Annotated[int, Strict(), Field(ge=1, le=500)] = 10
    lines: Annotated[int, Strict(), Field(ge=1, le=14)] = 12  # of a sheet


class CriteriaTable(Table):
    """``[criteria]``: ``[[criteria.status]]`` tables that replace the shipped ones; the registry reads them."""

    status: tuple[Mapping[str, Any], ...] = ()


def _strata(by: tuple[str, ...]) -> tuple[str, ...]:
    """Check what people are grouped by."""
    if not set(by) <= set(STRATA) or len(set(by)) < len(by):
        raise ValueError(f"name each of {', '.join(STRATA)} at most once")
    return by


class EstimationTable(Table):
    """``[estimation]``: how the number of the unnamed is estimated."""

    classes: Annotated[int, Strict(), Field(ge=1, le=100)] = 10
    lists: Texts | None = None  # None: those with capture = true
    seed: Annotated[int, Strict(), Field(ge=0)] = 1988
    by: Annotated[Texts, AfterValidator(_strata)] = ()  # groups estimated apart and added up
    periods: tuple[PeriodText, ...] = ()  # spans that replace calendar years in `by`: "1988-07/1988-09"
    linkage: Annotated[int, Strict(), Field(ge=0, le=200)] = 0  # other linkages of the records to estimate over
    expansion: Annotated[tuple[float, ...], Field(min_length=2, max_length=2)] | None = None  # "1.01 to 5 times"


class LinkageTable(Table):
    """``[linkage]``: what may make two records one person, and how much people are asked."""

    unnamed: Literal["apart", "unique-event"] = "apart"  # those without a name; or one day, place and age, theirs alone
    questions: Annotated[int, Strict(), Field(ge=1)] = 20_000  # doubtful pairs kept for people; the others are counted


class Config(Table):
    """The whole of ``cenotaph.toml``."""

    case: CaseTable
    publisher: PublisherTable = PublisherTable()
    lists: Mapping[Name, ListTable] = Field(default_factory=dict)
    tables: Mapping[Name, RowsTable] = Field(default_factory=dict)
    narratives: Mapping[Name, NarrativeTable] = Field(default_factory=dict)
    registers: Mapping[Name, RegisterTable] = Field(default_factory=dict)
    publish: PublishTable = PublishTable()
    stand: StandTable = StandTable()
    criteria: CriteriaTable = CriteriaTable()
    estimation: EstimationTable = EstimationTable()
    linkage: LinkageTable = LinkageTable()

    @model_validator(mode="after")
    def _named_once(self) -> Config:
        imported = [name for table in self.registers.values() for name in table.lists]
        named = Counter([*self.lists, *self.narratives, *self.registers, *imported])
        twice = sorted(name for name, count in named.items() if count > 1)
        if twice:
            raise ValueError(f"two lists, narratives or registers are called `{twice[0]}`; rename one of them")
        return self

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages of the publications."""
        return self.publish.languages or self.case.languages
