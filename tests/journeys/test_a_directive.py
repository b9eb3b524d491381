"""A directive from receipt to filing, in browsers: with an extension, a return and a receipt from above."""

import a_road
import pytest
from in_chromium import needs_chromium

from qingfeng.mechanisms import sampling

pytestmark = [
    needs_chromium[0],
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.on_postgres,
]
STEPS = sampling.cases("directive")["closing"]["steps"]


def test_a_directive_is_carried_from_receipt_to_filing_by_those_whose_it_is(road):
    matter = a_road.opened(road, "directive", "closing")

    done = a_road.carry(road, matter, STEPS)

    assert (done.stage, done.is_open) == ("filed", False)
    acts = list(done.story.values_list("act", flat=True))
    assert {"grant_extension", "return_report", "record_receipt"} <= set(acts)
    assert acts.count("report") == 2
