"""Findings on one subject become a lead; leads are ranked by arithmetic that can be shown.

`subjects` says who or what, `naming` which rows, `merging` merges and ranks, `weights` is
the arithmetic as data, `wording` and `writing` make the lines of leads.jsonl.
"""
