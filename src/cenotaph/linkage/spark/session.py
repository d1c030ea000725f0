"""A Spark session that links: what carries the parcels from machine to machine.

Invariant: Spark is told to say nothing to anybody: no page is served, nothing is listened to beyond the machines of the
cluster, and a session on this machine alone binds to the loopback address only.
"""

from __future__ import annotations

import os
import pickle
import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow as pa

from cenotaph.errors import InputError
from cenotaph.linkage.spark.machines import Addressed, Shared, Work, packed, unpacked
from cenotaph.messages import Message

_SCHEMA = "part long, data binary"
_LOOPBACK = "127.0.0.1"
LOCAL = "local[*]"
_HOW = {
    "pyspark": Message("--engine spark needs PySpark, which is not installed; run: pip install 'cenotaph[spark]'"),
    "java": Message(
        "--engine spark needs Java 17 or later, which is not installed or not where JAVA_HOME says; "
        "on Debian run: apt install openjdk-17-jre-headless"
    ),
}


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A value that is pickled as one run of bytes and comes back as itself.

    Where Spark encrypts what it broadcasts, it cannot write large arrays as pickle hands them over one by one.
    """

    value: object

    def __reduce__(self) -> tuple[Callable[[bytes], object], tuple[bytes]]:
        """Return how to come back: Spark's broadcast is a pickle of its own making, so this opens nothing more."""
        return pickle.loads, (pickle.dumps(self.value),)


@dataclass(frozen=True, slots=True)
class SparkMachines:
    """The machines of a Spark session."""

    session: Any
    tasks: int

    def send(self, parcels: Iterable[Addressed]) -> SparkShipment:
        """Send parcels out, as rows of a part and its bytes."""
        rows = [(part, packed(parcel)) for part, parcel in parcels]
        table = pa.table({"part": pa.array([part for part, _ in rows], pa.int64()),
                          "data": pa.array([data for _, data in rows], pa.binary())})  # fmt: skip
        return SparkShipment(self, self.session.createDataFrame(table, schema=_SCHEMA))

    def share(self, value: object) -> Shared[Any]:
        """Give every machine a value."""
        found: Shared[Any] = self.session.sparkContext.broadcast(Enclosed(value))
        return found


@dataclass(frozen=True, slots=True)
class SparkShipment:
    """Parcels as rows of a Spark data frame."""

    machines: SparkMachines
    frame: Any

    def step(self, work: Work) -> SparkShipment:
        """Shuffle the parcels to where their part is, and work on each part there."""
        gathered = self.frame.repartition(self.machines.tasks, "part")
        return SparkShipment(self.machines, gathered.mapInArrow(partial(_each_part, work), _SCHEMA))

    def beside(self, other: Any) -> SparkShipment:
        """Return the parcels of both."""
        return SparkShipment(self.machines, self.frame.unionByName(other.frame))

    def held(self) -> SparkShipment:
        """Keep the parcels in memory, on disk where there is none left."""
        return SparkShipment(self.machines, self.frame.persist())

    def collected(self) -> list[Addressed]:
        """Bring all parcels to the driver, by part."""
        found = self.frame.toArrow()
        rows = zip(found["part"].to_pylist(), found["data"], strict=True)
        return [(part, unpacked(data.as_py())) for part, data in sorted(rows, key=lambda row: row[0])]


def _each_part(work: Work, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Do the work on all parcels of each part of a partition."""
    waiting: dict[int, list[Any]] = {}
    for batch in batches:
        for part, data in zip(batch["part"].to_pylist(), batch["data"], strict=True):
            waiting.setdefault(part, []).append(unpacked(data.as_py()))
    for part in sorted(waiting):
        for to, parcel in work(part, waiting.pop(part)):
            yield pa.RecordBatch.from_pydict(
                {"part": pa.array([to], pa.int64()), "data": pa.array([packed(parcel)], pa.binary())}
            )


@contextmanager
def opened(master: str = LOCAL, *, tasks: int | None = None) -> Iterator[SparkMachines]:
    """Open a Spark session and close it when the work is done.

    Parameters
    ----------
    master : str
        Address of the cluster, such as ``spark://host:7077`` or ``yarn``; ``local[*]`` is this machine.
    tasks : int, optional
        How many tasks a step is divided into; four for each core that Spark has by default.
    """
    require_parts()
    scratch = Path(tempfile.mkdtemp(prefix="cenotaph-spark-"))
    try:
        session = _session(master, scratch)
        try:
            yield SparkMachines(session, tasks or 4 * int(session.sparkContext.defaultParallelism))
        finally:
            session.stop()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def missing() -> str | None:
    """Return which part is missing, or None when all are there."""
    if find_spec("pyspark") is None or find_spec("pandas") is None:
        return "pyspark"
    return None if _java() else "java"


def _java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return (Path(home) / "bin" / "java").exists() if home else shutil.which("java") is not None


def require_parts() -> None:
    """Refuse to begin without Spark or Java, saying how to get them."""
    lacking = missing()
    if lacking:
        raise InputError(_HOW[lacking])


def _session(master: str, scratch: Path) -> Any:
    """Start Spark: quiet, closed to the outside, with this program's source on the path of its workers."""
    from pyspark.sql import SparkSession

    alone = master.startswith("local")
    if alone:
        os.environ.setdefault("SPARK_LOCAL_IP", _LOOPBACK)
        os.environ.setdefault("SPARK_WORKER_DIR", str(scratch / "work"))
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("cenotaph")
    for key, value in _settings(alone=alone, scratch=scratch).items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def _settings(*, alone: bool, scratch: Path) -> dict[str, str]:
    here = {
        "spark.driver.host": _LOOPBACK,
        "spark.driver.bindAddress": _LOOPBACK,
        "spark.local.dir": str(scratch),
        "spark.authenticate": "true",  # other users of this machine are no part of the cluster
        "spark.authenticate.secret": secrets.token_hex(32),
        "spark.network.crypto.enabled": "true",
        "spark.executorEnv.PYTHONPATH": os.pathsep.join(_paths()),
    }
    return {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.eventLog.enabled": "false",
        "spark.driver.maxResultSize": "0",  # what comes back grows with the records; the driver's memory is the limit
        "spark.sql.execution.arrow.maxRecordsPerBatch": "8",  # a row is a parcel of megabytes
        "spark.sql.adaptive.enabled": "false",  # a part must not be joined with another behind our back
        "spark.io.encryption.enabled": "true",  # what lies on a disk while work goes on
        "spark.sql.warehouse.dir": str(scratch / "warehouse"),
        **(here if alone else {}),
    }


def _paths() -> Sequence[str]:
    """Return where this program is, before whatever the path held."""
    own = str(Path(__file__).resolve().parents[3])  # the folder that holds the package
    return [own, *(path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path and path != own)]
