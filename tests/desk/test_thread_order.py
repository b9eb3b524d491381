"""The order of a thread as a list: each below what it came from, set in where the way parts."""

from qingfeng.desk.thread.order import as_list, in_order

CHAIN = ["row", "lead", "clue", "case", "lesson"]
TIES = [("row", "lead"), ("lead", "clue"), ("clue", "case"), ("case", "lesson")]


def test_what_leads_to_something_stands_before_it_whatever_the_order_was():
    assert in_order(CHAIN[::-1], TIES) == CHAIN


def test_links_in_a_circle_end_and_lose_nothing():
    assert in_order(["a", "b", "c"], [("a", "b"), ("b", "c"), ("c", "a")]) == ["a", "b", "c"]
    assert in_order(["a", "b"], [("a", "a"), ("a", "b")]) == ["a", "b"]


def test_a_thread_that_never_parts_stays_at_the_edge():
    assert as_list(CHAIN, TIES, "clue") == [(key, 0) for key in CHAIN]


def test_what_parts_from_the_way_to_here_is_set_in_before_it_goes_on():
    keys = ["case", "notice", "visit", "letter", "reply"]
    ties = [("case", "notice"), ("notice", "visit"), ("case", "letter"), ("letter", "reply")]

    assert as_list(keys, ties, "reply") == [
        ("case", 0),
        ("notice", 1),
        ("visit", 1),
        ("letter", 0),
        ("reply", 0),
    ]
    assert as_list(keys, ties, "visit") == [
        ("case", 0),
        ("letter", 1),
        ("reply", 1),
        ("notice", 0),
        ("visit", 0),
    ]


def test_two_that_lead_to_one_stand_before_it_and_it_stands_once():
    ties = [("one", "case"), ("other", "case"), ("case", "letter")]

    found = as_list(["one", "other", "case", "letter"], ties, "letter")

    assert [key for key, _level in found] == ["one", "other", "case", "letter"]
    assert dict(found)["case"] == 0


def test_no_one_is_set_in_further_than_a_narrow_column_holds():
    keys = [f"{no}{side}" for no in range(9) for side in ("", "a")]
    ties = [(f"{no}", f"{no + 1}") for no in range(8)] + [(f"{no}", f"{no}a") for no in range(9)]

    found = as_list(in_order(keys, ties), ties, "0")

    assert len(found) == len(keys)
    assert max(level for _key, level in found) <= 4
