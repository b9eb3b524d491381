"""Readers: a file yields sheets. One module a kind of file, chosen by its bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qingfeng.screening.intake.readers.columns import open_parquet
from qingfeng.screening.intake.readers.delimited import open_delimited
from qingfeng.screening.intake.readers.einvoice import open_einvoice, open_ofd
from qingfeng.screening.intake.readers.html import open_html
from qingfeng.screening.intake.readers.kind import kind_of
from qingfeng.screening.intake.readers.spreadsheetml import open_spreadsheetml
from qingfeng.screening.intake.readers.workbook import open_workbook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qingfeng.screening.intake.sheet import RawSheet, SourceFile

READERS: dict[str, Callable[[SourceFile], Sequence[RawSheet]]] = {
    "text": open_delimited,
    "xlsx": open_workbook,
    "xlsb": open_workbook,
    "ods": open_workbook,
    "xls": open_workbook,
    "html": open_html,
    "spreadsheetml": open_spreadsheetml,
    "einvoice": open_einvoice,
    "ofd": open_ofd,
    "parquet": open_parquet,
}


def open_sheets(source: SourceFile) -> tuple[RawSheet, ...]:
    """Return the sheets of a file, each able to show its beginning and be staged.

    Raises:
        Problem: If nothing can be read from it, says why and what to do.
    """
    return tuple(READERS[source.kind or kind_of(source.at)](source))
