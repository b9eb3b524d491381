"""The report: one HTML file that an office can carry to a meeting."""

from qingfeng.screening.report.page import write_report

__all__ = ["write_report"]
