"""The lake: typed records as Parquet, in snapshots that are whole or not there at all."""

from qingfeng.screening.lake.catalog import Deletion, SheetRecord
from qingfeng.screening.lake.lake import Batch, Lake, Snapshot

__all__ = ["Batch", "Deletion", "Lake", "SheetRecord", "Snapshot"]
