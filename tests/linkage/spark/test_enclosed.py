"""What every machine is given arrives whole, also where Spark encrypts it."""

from __future__ import annotations

import pickle

import numpy as np

from cenotaph.linkage.spark.session import Enclosed


class _Counting:
    """Takes what is written, as Spark's encrypting stream does: by its length."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.content = b""

    def write(self, part: bytes) -> int:
        """Take a part, which must know its length."""
        self.content += part[: len(part)]
        return len(part)


def test_large_arrays_are_written_as_bytes_that_know_their_length() -> None:
    """An array of a megabyte passes a stream that asks each piece for its length, and comes back as it was."""
    array = np.arange(1 << 17)
    stream = _Counting()
    pickle.dump(Enclosed({"array": array}), stream, pickle.HIGHEST_PROTOCOL)
    assert (pickle.loads(stream.content)["array"] == array).all()  # noqa: S301
