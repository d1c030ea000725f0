"""The one error tree. A message says what, where and what to do, with ids and never with names.

::

    CenotaphError
    ├── ConfigError(ValueError)        cenotaph.toml says something we cannot follow
    ├── InputError(ValueError)         a file or a value given by a person is wrong
    ├── NotFound(LookupError)          no such record, list, person, file
    ├── Conflict                       two decisions or two captures contradict each other
    ├── Refused(PermissionError)       the rules forbid it (audience, consent, contested)
    ├── LedgerError                    the ledger cannot be opened, written or read
    │   └── ChainBroken                an entry or a byte was altered
    └── NotEstimable(ValueError)       the impossible was asked of an estimator

Bad *data* is no exception: a reader returns refusals in its report, and "not estimable" is an estimate with a verdict.
"""

from __future__ import annotations


class CenotaphError(Exception):
    """Anything Cenotaph refuses or fails at, with a message a person can act on."""


class ConfigError(CenotaphError, ValueError):
    """``cenotaph.toml`` says something we cannot follow."""


class InputError(CenotaphError, ValueError):
    """A file or a value given by a person is wrong."""


class NotFound(CenotaphError, LookupError):
    """No such record, list, person or file."""


class Conflict(CenotaphError):
    """Two decisions, or two captures, contradict each other."""


class Refused(CenotaphError, PermissionError):
    """The rules of the case forbid it."""


class LedgerError(CenotaphError):
    """The ledger cannot be opened, written or read."""


class ChainBroken(LedgerError):
    """An entry of the ledger, or a byte of a captured file, was altered."""


class NotEstimable(CenotaphError, ValueError):
    """Something impossible was asked of an estimator."""
