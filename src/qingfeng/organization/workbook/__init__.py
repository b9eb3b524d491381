"""Units, people and posts from one XLSX workbook: template, preview, rejects by row, withdrawal.

The system administrator reads a file in, the security administrator applies it: posts give
rights, and nobody gives rights alone.
"""

from qingfeng.organization.workbook.applying import apply_intake, withdraw_intake
from qingfeng.organization.workbook.reading import read_workbook
from qingfeng.organization.workbook.writing import rejects_of, template_workbook

__all__ = ["apply_intake", "read_workbook", "rejects_of", "template_workbook", "withdraw_intake"]
