"""Whether the records confirm a correction: after every screening, for every letter that names rules.

`hearing` is what the worker calls; `letters` reads what a letter says, `months` what is before and after it,
`peers` who is comparable, `sameness` whether the records are those of before; `comparing` puts it together
out of the cube that lies beside the run (`screening.correction.keeping`). No page reads the lake.
"""

from qingfeng.findings.confirming.comparing import Compared, Month, compared, newest_compared, series_of
from qingfeng.findings.confirming.hearing import asked_of_records, compare_open
from qingfeng.findings.confirming.letters import LetterFacts, facts_of, open_letters

__all__ = [
    "Compared",
    "LetterFacts",
    "Month",
    "asked_of_records",
    "compare_open",
    "compared",
    "facts_of",
    "newest_compared",
    "open_letters",
    "series_of",
]
