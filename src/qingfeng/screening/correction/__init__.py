"""Whether the records confirm a correction: the same rules over the same records, before and after a letter.

`cube` counts, in one pass over the lake, what every rule found and of how many rows, by unit and month;
`keeping` keeps that beside the run. `comparing` sets one unit's months before and after a letter against
comparable units, with an interval. `judging` says what may be said of it, and what may not; `saying` puts it
into sentences.
"""

from qingfeng.screening.correction.comparing import Change, Counts, change
from qingfeng.screening.correction.cube import Cube, count_by_unit_and_month
from qingfeng.screening.correction.judging import Letter, Records, Verdict, judge
from qingfeng.screening.correction.keeping import KeptCube, RegisteredUnit, keep_cube, kept_cube
from qingfeng.screening.correction.saying import HEADS, sentences

__all__ = [
    "HEADS",
    "Change",
    "Counts",
    "Cube",
    "KeptCube",
    "Letter",
    "Records",
    "RegisteredUnit",
    "Verdict",
    "change",
    "count_by_unit_and_month",
    "judge",
    "keep_cube",
    "kept_cube",
    "sentences",
]
