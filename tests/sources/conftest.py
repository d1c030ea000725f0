"""A case of invented lists, made from the text of its mapping and the bytes of its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from cenotaph.case import Case
from cenotaph.sources import capture

HEAD = '[case]\ntitle = "Invented"\nlanguages = ["en"]\n'
MakeCase = Callable[..., Case]


def table(name: str = "one", *, file: str = "one.csv", key: str = "id", more: str = "") -> str:
    """Return a list's table of ``cenotaph.toml``."""
    return f'[lists.{name}]\nfile = "{file}"\nkey = "{key}"\ncolumns.name = "name"\n{more}\n'


@pytest.fixture
def make_case(tmp_path: Path) -> MakeCase:
    """Return what makes a case: the tables of its lists, then its files as ``(list, name, bytes)`` in their order."""

    def make(lists: str, *files: tuple[str, str, bytes], folder: str = "case") -> Case:
        case = Case.create(tmp_path / folder, HEAD + lists, secret=bytes(32))
        for name, filename, data in files:
            path = tmp_path / filename
            path.write_bytes(data)
            capture(case, path, author="r1", list_name=name)
        return Case.load(case.folder)

    return make


@pytest.fixture
def snapshot() -> Callable[[Path], Mapping[str, bytes]]:
    """Return what tells every byte below a folder, to show that nothing was written."""

    def take(folder: Path) -> Mapping[str, bytes]:
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    return take
