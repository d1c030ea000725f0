"""What is acknowledged survives a killed process and a full disk; what is not leaves nothing behind."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.ledger.making import SECRET, judgement

from cenotaph.ledger import Ledger, verify_chain

# Appends for ever and says so after each entry: what was printed was acknowledged.
WRITER = """
import sys
from pathlib import Path
from cenotaph.errors import CenotaphError
from cenotaph.ledger import Draft, Ledger
words = {"left": "a:1", "right": "b:2", "reason": "r" * int(sys.argv[2])}
draft = Draft(kind="judgement", facts={"left": "x", "right": "y", "verdict": "same"}, words=words, author="r1")
LIMIT
with Ledger.open(Path(sys.argv[1]), timeout=60) as ledger:
    for _ in range(int(sys.argv[3])):
        try:
            print(ledger.append_many([draft] * int(sys.argv[4]))[-1], flush=True)
        except CenotaphError as error:
            sys.exit(f"REFUSED {error}")
"""
FILE_LIMIT = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))"


def _writer(path: Path, *, size: int, rounds: int, batch: int, limit: str = "") -> subprocess.Popen[str]:
    script = WRITER.replace("LIMIT", limit)
    arguments = [sys.executable, "-c", script, str(path), str(size), str(rounds), str(batch)]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_writers_in_other_processes_lose_nothing(path: Path, ledger: Ledger) -> None:
    """Two processes that append at once leave one whole chain with all their entries."""
    for writer in [_writer(path, size=5, rounds=20, batch=1) for _ in range(2)]:
        _, errors = writer.communicate()
        assert (writer.returncode, errors) == (0, "")
    assert ledger.count == 40
    assert verify_chain(ledger).ok


@pytest.mark.parametrize("seed", range(6))
def test_a_killed_writer_loses_no_acknowledged_entry(path: Path, ledger: Ledger, seed: int) -> None:
    """Whenever a writer is killed, all it acknowledged is there, nothing half-written, and the chain verifies."""
    dice, batch = random.Random(seed), 1 + seed % 3 * 20
    writer = _writer(path, size=200, rounds=100_000, batch=batch)
    assert writer.stdout is not None
    first = writer.stdout.readline()
    time.sleep(dice.uniform(0.02, 0.3))
    writer.kill()
    rest, _ = writer.communicate()
    acknowledged = int((first + rest).split("\n")[-2])
    found = verify_chain(path)
    assert found.ok
    assert acknowledged <= found.entries <= acknowledged + batch
    assert found.entries % batch == 0
    ledger.append_many([judgement(1)])
    assert verify_chain(path).ok


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Return a folder on a disk of 400 kB and nothing, or, where none can be made, a folder and a limit on files."""
    if sys.platform == "win32":
        pytest.skip("neither small disks nor limits on the size of files can be made on Windows")
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    yield folder, "" if mounted else FILE_LIMIT
    if mounted:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_refuses_in_clear_words(small_disk: tuple[Path, str]) -> None:
    """When the disk is full an append says so, everything acknowledged is there, and the chain verifies."""
    folder, limit = small_disk
    path = folder / "ledger.sqlite"
    Ledger.create(path, secret=SECRET).close()
    writer = _writer(path, size=5000, rounds=1000, batch=5, limit=limit)
    output, errors = writer.communicate()
    assert writer.returncode == 1
    assert errors.startswith("REFUSED ledger.sqlite: the disk ")
    assert "nothing was written" in errors
    found = verify_chain(path)
    assert found.ok
    assert found.entries == int(output.split()[-1])
