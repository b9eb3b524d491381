"""The 100-point assessment (百分制): schemes, sheets, scores, totals, grades."""
