"""Whoever belongs to an excluded room or office finds nothing of a petition, whichever way they look."""

from datetime import timedelta
from io import BytesIO

import pytest
from a_desk import at, text_of
from django.utils import timezone
from openpyxl import load_workbook

from qingfeng.desk import indexing
from qingfeng.matters import access
from qingfeng.matters.answers import Done, Refusal
from qingfeng.matters.door import perform
from qingfeng.matters.models import Notice
from qingfeng.mechanisms.petition import arriving

SECRET, OPEN = "泵房噪声扰民请查", "泵房漏水请修"
FOUND_IN = {"list", "found in the list", "search", "export", "api"}
ROOM = "云水区纪委监委信访室"
ROOM_ONE = "云水区纪委监委第一纪检监察室"


def came(number, about, *away):
    """A petition from the counter whose writer excludes receivers."""
    text = f"{about}，已持续多日。"
    said = {"number": number, "line": "petition", "text": text, "about": about, "name": "白露"}
    return arriving.take({**said, "excludes": list(away)})


@pytest.fixture
def two(desk):
    """One whose writer excludes the petition office, and one that anybody of it handles."""
    found = came("X-1", SECRET, ROOM), came("X-2", OPEN)
    indexing.keep_up()
    return found


def exported(browser, address):
    """What an export says, cell by cell."""
    answer = browser.post(address, {"form": "xlsx"})
    held = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str([list(sheet.values) for sheet in load_workbook(BytesIO(held))])


@pytest.mark.parametrize("who", ["petition_head", "petition_registrar"])
def test_those_of_an_excluded_room_find_nothing_in_lists_search_counts_exports_and_addresses(desk, two, who):
    """rights.md 21: a reporter may exclude receivers; what somebody may not see does not exist for them."""
    (hidden, there), browser = two, desk.browser(who)

    pages = {
        "list": text_of(browser.get("/petitions/?state=all")),
        "found in the list": text_of(browser.get("/petitions/?state=all&text=泵房")),
        "search": text_of(browser.post("/search/", {"q": "泵房"})),
        "by number": text_of(browser.post("/search/", {"q": hidden.number})),
        "export": exported(browser, "/petitions/export/?state=all&text=泵房"),
        "api": str(browser.get("/api/matters/petitions?state=all").json()),
        "start": text_of(browser.get("/")),
        "similar": text_of(browser.get(at(there))),
    }

    assert {name for name, said in pages.items() if SECRET in said} == set()
    assert {name for name, said in pages.items() if OPEN in said} >= FOUND_IN
    assert hidden.number not in "".join(said for name, said in pages.items() if name != "by number")
    for address in (at(hidden), f"/api/matters/petitions/{hidden.slug}"):
        assert browser.get(address).status_code == 404, address
        assert browser.get(address.replace(hidden.slug, there.slug)).status_code == 200, address


def test_counts_of_an_excluded_room_count_it_nowhere_and_others_do(desk, two):
    hidden, there = two
    counted = {
        who: set(access.visible(desk.viewer(who)).filter(mechanism="petition").values_list("pk", flat=True))
        for who in ("petition_head", "registrar")
    }

    assert {hidden.pk, there.pk} & counted["petition_head"] == {there.pk}
    assert hidden.pk in counted["registrar"]
    told = desk.browser("petition_head").get("/api/matters/petitions?state=all&text=泵房").json()
    assert [one["number"] for one in told["matters"]] == [there.number]
    assert not Notice.objects.filter(matter=hidden, person=desk.person("petition_head")).exists()


def until_dispatched(desk, matter, unit):
    """What comes of handing a petition to an office, through every act before it."""
    registrar, deputy = desk.viewer("petition_registrar"), desk.viewer("deputy")
    steps = (
        ("classify", registrar, {"facts": {"line": "demand", "line_why": "诉求。", "area": "grassroots",
                                           "topic": "housing", "level": "district"}}),
        ("accept", registrar, {"facts": {"told_how": "written"}}),
        ("name_leader", deputy, {
            "facts": {"leader_post": "副书记", "aim": "查清。", "recusal_checked": True},
            "parties": {"leader": [desk.person("deputy")],
                        "handler": [desk.person("petition_one"), desk.person("chaser")]},
        }),
    )  # fmt: skip
    for act, by, given in steps:
        done = perform(act, matter, by=by, **given)
        assert isinstance(done, Done), (act, done)
    head = desk.viewer("petition_head")
    return perform("dispatch", matter, by=head, facts={"principle": "归口。"}, parties={"lead_unit": [unit]})


def test_an_office_that_is_excluded_by_name_is_not_handed_it_and_others_are(desk):
    """信访工作条例 Art. 30: it does not come to whom it is about through those whom it was told to."""
    housing = desk.scene(timezone.localdate()).unit("housing")
    away, free = came("X-3", SECRET, housing.name), came("X-4", OPEN)

    refused, done = until_dispatched(desk, away, housing), until_dispatched(desk, free, housing)

    assert isinstance(refused, Refusal)
    assert (refused.why, housing.short_name in str(refused.reason)) == ("recusal", True)
    assert isinstance(done, Done), done
    contact = desk.viewer("housing_contact")
    assert access.view_of(contact, free) == "part"
    assert not access.visible(contact).filter(pk=away.pk).exists()


def test_whoever_speaks_for_an_excluded_office_sees_nothing_though_it_were_named(desk):
    housing = desk.scene(timezone.localdate()).unit("housing")
    matter = came("X-5", SECRET, housing.short_name)
    since = timezone.now() - timedelta(days=1)
    matter.parties.create(role="lead_unit", unit=housing, since_at=since, told_at=since)

    assert access.view_of(desk.viewer("housing_contact"), matter) == ""
    assert desk.browser("housing_contact").get(at(matter)).status_code == 404


def test_what_stands_above_us_cannot_be_excluded_for_all_of_us_are_below_it(desk):
    matter = came("X-6", SECRET, "云水区纪委监委", "江州市纪委监委")

    assert not matter.recusals.filter(unit__isnull=False).exists()
    assert access.view_of(desk.viewer("petition_head"), matter) == "whole"


def test_a_name_that_is_nobodys_on_record_is_told_to_whoever_registers_it_and_not_lost(desk):
    person = desk.person("case_one")
    matter = came("X-7", OPEN, "住建局王科长", person.name, ROOM_ONE)
    again = came("X-7", OPEN, "住建局王科长", person.name, ROOM_ONE)

    (line,) = matter.lines.filter(ledger="dialogue")
    assert again.pk == matter.pk
    assert line.facts["said_by"] == "office"
    assert line.facts["said"].endswith("：住建局王科长")
    assert "住建局王科长" in text_of(desk.browser("petition_head").get(at(matter)))
