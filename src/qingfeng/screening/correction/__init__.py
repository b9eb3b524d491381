"""Whether the records confirm a correction: the same rules over the same records, before and after a letter.

`cube` counts, in one pass over the lake, how often every rule could judge and how often it found, by unit
and month. `comparing` sets one unit's months before and after a letter against comparable units, with an
interval. `judging` says what may be said of it, and what may not; `saying` puts it into sentences.
"""

from qingfeng.screening.correction.comparing import Change, Counts, change
from qingfeng.screening.correction.cube import Cube, count_by_unit_and_month
from qingfeng.screening.correction.judging import Letter, Records, Verdict, judge
from qingfeng.screening.correction.saying import sentences

__all__ = [
    "Change",
    "Counts",
    "Cube",
    "Letter",
    "Records",
    "Verdict",
    "change",
    "count_by_unit_and_month",
    "judge",
    "sentences",
]
