"""Which rows of two lists perhaps speak of the same person or the same payment.

A pair is a suggestion with a probability, for a person to look at. It never joins
rows, never is evidence and never enters a rule: rules join on identifiers only.

The model is Fellegi and Sunter's, its parameters estimated from the rows themselves
by expectation maximisation, as the library Splink does it.

Source:
    Fellegi and Sunter, A Theory for Record Linkage, JASA 64 (1969).
"""

from qingfeng.screening.linkage.pairs import Pair, Quality, measured
from qingfeng.screening.linkage.payments import link_payments
from qingfeng.screening.linkage.people import link_people

__all__ = ["Pair", "Quality", "link_payments", "link_people", "measured"]
