"""Whether the records confirm a letter's correction: its page, its panel, and all open letters at once.

What the records say is worked out below (`findings.confirming`) and read here from what lies beside the run;
no page reads the lake. Only who reads the matter whole is shown any of it: a unit sees neither rule nor
threshold.
"""
