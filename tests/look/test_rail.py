"""The rail: what higher floors register, for whom it exists, where one is."""

import pytest
from django.test import RequestFactory

from qingfeng.look import rail
from qingfeng.look.rail import Bell, RailEntry


@pytest.fixture(autouse=True)
def an_empty_rail(monkeypatch):
    monkeypatch.setattr(rail, "_entries", {})
    monkeypatch.setattr(rail, "_personal", {})
    monkeypatch.setattr(rail, "_bells", [])


def at(path="/"):
    return RequestFactory().get(path)


def names(request):
    return [
        (str(group.heading), [str(entry.name) for entry in group.entries])
        for group in rail.entries_for(request)
    ]


def test_entries_stand_in_their_order_under_their_headings():
    rail.register(RailEntry("统计", "look:theme", 30, group="查看"))
    rail.register(RailEntry("我的工作", "look:gallery", 20))
    rail.register(RailEntry("待我批", "account_login", 10))

    assert names(at()) == [("", ["待我批", "我的工作"]), ("查看", ["统计"])]


def test_an_entry_that_one_may_not_see_or_that_has_no_address_does_not_exist():
    rail.register(RailEntry("审计", "look:gallery", 1, may_see=lambda _request: False))
    rail.register(RailEntry("以后", "desk:not_built_yet", 2))

    assert names(at()) == []


def test_what_one_may_not_see_is_not_counted():
    counted = []
    rail.register(
        RailEntry(
            "审计",
            "look:gallery",
            1,
            may_see=lambda _request: False,
            count=lambda _request: counted.append(1),
        )
    )

    rail.entries_for(at())

    assert counted == []


def test_nothing_waiting_shows_no_number():
    rail.register(RailEntry("待我批", "look:gallery", 1, count=lambda _request: 0))

    assert rail.entries_for(at())[0].entries[0].count is None


def test_only_the_nearest_entry_is_marked_as_here():
    rail.register(RailEntry("组件", "look:gallery", 1))
    rail.register(RailEntry("表格", "look:gallery_page", 2, url_kwargs={"page": "tables"}))

    here = {
        str(entry.name): entry.is_here for entry in rail.entries_for(at("/look/gallery/tables/"))[0].entries
    }

    assert here == {"组件": False, "表格": True}


def test_a_long_rail_is_folded_but_for_the_group_of_the_page(monkeypatch):
    monkeypatch.setattr(rail, "FEW", 2)
    rail.register(RailEntry("待我批", "account_login", 1))
    rail.register(RailEntry("组件", "look:gallery", 2, count=lambda _request: 3, group="查看"))
    rail.register(RailEntry("表格", "look:theme", 3, count=lambda _request: 9_000, group="设置"))

    groups = {str(one.heading): (one.is_open, one.waiting) for one in rail.entries_for(at("/look/gallery/"))}

    assert groups == {"": (False, 0), "查看": (True, 3), "设置": (False, rail.COUNTED)}


def test_a_board_stands_for_the_list_that_it_covers_and_for_its_pages():
    rail.register(RailEntry("目标", "look:gallery_page", 2, url_kwargs={"page": "tables"}))
    board = {"covered": "look:gallery_page", "covers": {"page": "tables"}}
    rail.register(RailEntry("目标看板", "account_login", 1, **board))

    entries = rail.entries_for(at("/look/gallery/tables/"))[0].entries

    assert [(str(one.name), one.is_here) for one in entries] == [("目标看板", True)]


def test_a_list_stands_for_itself_where_its_board_is_not_to_be_seen():
    rail.register(RailEntry("目标", "look:gallery_page", 2, url_kwargs={"page": "tables"}))
    board = {"covered": "look:gallery_page", "covers": {"page": "tables"}}
    rail.register(RailEntry("目标看板", "account_login", 1, may_see=lambda _request: False, **board))

    assert names(at()) == [("", ["目标"])]


def test_a_short_rail_is_unfolded():
    rail.register(RailEntry("组件", "look:gallery", 1, group="查看"))
    rail.register(RailEntry("表格", "look:theme", 2, group="设置"))

    assert [one.is_open for one in rail.entries_for(at())] == [True, True]


def test_registering_the_same_address_again_replaces_it():
    rail.register(RailEntry("旧", "look:gallery", 1))
    rail.register(RailEntry("新", "look:gallery", 1))

    assert names(at()) == [("", ["新"])]


def test_the_bell_counts_and_is_absent_where_nobody_hung_one():
    assert rail.bell_for(at()) is None

    rail.hang_bell(Bell("look:gallery", lambda _request: 4))

    assert rail.bell_for(at()).count == 4


def test_what_is_personal_stands_under_the_name_and_not_on_the_rail():
    rail.register_personal(RailEntry("安全", "look:gallery", 1))

    assert [str(entry.name) for entry in rail.personal_for(at())] == ["安全"]
    assert names(at()) == []
