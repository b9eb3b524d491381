"""What rules may read besides records: the work calendar, places and standards.

A district's own rows come first; what is shipped stands behind them.
"""

from qingfeng.screening.reference.mounting import mount, shipped_standards
from qingfeng.screening.reference.workdays import missing_years, work_calendar

__all__ = ["missing_years", "mount", "shipped_standards", "work_calendar"]
