"""Pages of the 100-point assessment: my year, checks, sheets, schemes, boards, earlier results."""
