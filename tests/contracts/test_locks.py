"""What is installed is what was written down: every part pinned, hashed, and from nobody's private index."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = {"requirements.lock": ("build",), "requirements-dev.lock": ("build", "dev"),
         "requirements-exchange.lock": ("build", "dev", "exchange"),
         "requirements-spark.lock": ("build", "dev")}  # fmt: skip
EXTRAS = {"requirements-spark.lock": ("spark",)}


def _name(requirement: str) -> str:
    return re.split(r"[\s<>=!~\[;]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def _pinned(lock: str) -> set[str]:
    return {_name(line) for line in lock.splitlines() if re.match(r"[a-z0-9]", line)}


@pytest.mark.parametrize("name", sorted(LOCKS))
def test_every_dependency_is_in_the_lock(name: str) -> None:
    """Each dependency of the project file is pinned in the lock that serves it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = list(project["project"]["dependencies"])
    for group in LOCKS[name]:
        wanted += project["dependency-groups"][group]
    for extra in EXTRAS.get(name, ()):
        wanted += project["project"]["optional-dependencies"][extra]
    missing = {_name(each) for each in wanted} - _pinned((ROOT / name).read_text(encoding="utf-8"))
    assert not missing, f"make the locks anew, see CONTRIBUTING.md: {sorted(missing)}"


@pytest.mark.parametrize("name", sorted(LOCKS))
def test_every_pin_has_a_hash_and_no_address(name: str) -> None:
    """Each part has an exact version and hashes; the lock names no host and no folder."""
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert all("==" in entry.splitlines()[0] and "--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text


def test_the_locks_agree() -> None:
    """What checks the product checks it with the very versions it runs with."""
    runtime, developing, exchanging, sparking = (
        set(re.findall(r"^[a-z0-9][^ ]*==[^ ]+", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        for name in ("requirements.lock", "requirements-dev.lock", "requirements-exchange.lock",
                     "requirements-spark.lock")
    )  # fmt: skip
    assert runtime <= developing <= exchanging
    assert developing <= sparking
