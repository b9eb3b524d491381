"""A fictional district: a year of believable life, written as the exports of its offices.

Nobody and nothing in it exists. Every rule has acts planted for it and innocent
look-alikes; `truth.jsonl` says which rows they show on.
"""

from qingfeng.screening.sample.writing import SampleSummary, write_sample

__all__ = ["SampleSummary", "write_sample"]
