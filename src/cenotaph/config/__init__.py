"""What ``cenotaph.toml`` says, checked and frozen."""

from __future__ import annotations

from cenotaph.config.loading import FILENAME, load_config, read_config
from cenotaph.config.models import (
    CaseTable,
    CitationTable,
    ColumnTable,
    Config,
    CriteriaTable,
    EstimationTable,
    ImportedListTable,
    LinkageTable,
    ListTable,
    NarrativeTable,
    PublisherTable,
    PublishTable,
    RegisterTable,
    RowsTable,
    StandTable,
)
from cenotaph.config.period import Period, read_period
from cenotaph.config.templates import is_template, template_columns

__all__ = [
    "FILENAME",
    "CaseTable",
    "CitationTable",
    "ColumnTable",
    "Config",
    "CriteriaTable",
    "EstimationTable",
    "ImportedListTable",
    "LinkageTable",
    "ListTable",
    "NarrativeTable",
    "Period",
    "PublishTable",
    "PublisherTable",
    "RegisterTable",
    "RowsTable",
    "StandTable",
    "is_template",
    "load_config",
    "read_config",
    "read_period",
    "template_columns",
]
