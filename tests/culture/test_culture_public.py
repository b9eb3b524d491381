import json
import re
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db
WECHAT = (
    "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/94.0 Mobile "
    "Safari/537.36 MicroMessenger/8.0.40 NetType/WIFI Language/zh_CN"
)


@pytest.fixture
def visitor(district):
    return Client()


def read(client, address, **more):
    answer = client.get(f"/culture/{address}", **more)
    return answer.content.decode()


def test_the_map_and_the_equal_list_say_the_same_places(visitor):
    said = [read(visitor, ""), read(visitor, "places/")]

    for page in said:
        assert {"青石交通站", "清风古道", "知足泉"} <= set(re.findall(r">([^<>]+)</a></h2>", page))


def test_the_map_is_drawn_without_a_script_and_each_mark_is_a_link(visitor):
    page = read(visitor, "")

    marks = re.findall(r'<a href="([^"]+)" class="pin pin-', page)
    assert sorted(marks) == [f"/culture/places/green-hill-{one}/" for one in ("path", "post", "spring")]
    assert "<script>" not in page
    assert " style=" not in page


def test_the_map_says_its_approval_number_and_its_datum(visitor):
    page = read(visitor, "")

    assert "审图号 云水（示例）2026-001号" in page
    assert "WGS-84" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [("q=茅屋", 1), ("kind=precept", 1), ("theme=thrift", 2), ("q=无此一词", 0), ("kind=x", 3)],
)
def test_places_are_sought_by_word_kind_and_theme(visitor, asked, found):
    assert f"<span data-found>{found}</span>" in read(visitor, f"places/?{asked}")


def test_a_place_tells_its_story_its_sources_its_licence_and_three_datums(visitor):
    page = read(visitor, "places/green-hill-post/")

    for said in ("原封交到", "《青石山往事》（虚构）", "本机关自制", "GCJ-02", "BD-09", "每日08:30–17:00"):
        assert said in page


def test_in_english_a_place_is_told_in_english(visitor):
    visitor.cookies["django_language"] = "en"

    page = read(visitor, "places/green-hill-post/")

    assert "Delivered as sealed" in page
    assert not re.search(
        r"[\u4e00-\u9fff]",
        re.sub(r"<[^>]*>", "", page.split("<h2>Sources")[0].split("<article>")[1].split("</figure>")[1]),
    )


def test_a_draft_is_nowhere_and_what_is_under_review_too(visitor):
    assert visitor.get("/culture/places/willow-wharf/").status_code == 404
    assert "柳溪米码头" not in read(visitor, "places/")
    assert "柳溪米码头" not in read(visitor, "places.zh.geojson")


def test_what_was_withdrawn_says_since_when_and_why(visitor):
    answer = visitor.get("/culture/places/old-cannon/")

    assert answer.status_code == 410
    assert "年代与档案记载不符" in answer.content.decode()
    assert "镇水古炮" in read(visitor, "withdrawn/")


def test_a_route_has_legs_hours_and_a_day_that_adds_up(visitor):
    page = read(visitor, "routes/green-hill-hike/")

    assert len(re.findall(r'class="stop"', page)) == 3
    assert len(re.findall(r'class="leg"', page)) == 2
    assert "<b>08:30</b>" in page


def test_a_route_is_taken_along_as_gpx_and_as_a_calendar(visitor):
    from icalendar import Calendar
    from lxml import etree

    gpx = etree.fromstring(visitor.get("/culture/routes/green-hill-hike/route.gpx").content)
    events = Calendar.from_ical(visitor.get("/culture/routes/green-hill-hike/route.ics").content).walk(
        "VEVENT"
    )

    points = gpx.findall(".//{*}rtept")
    assert [one.findtext("{*}name") for one in points] == ["青石交通站", "清风古道", "知足泉"]
    assert 123 < float(points[0].get("lon")) < 125
    assert [str(one["summary"])[:1] for one in events] == ["1", "2", "3"]


def test_a_quiz_keeps_sums_only(visitor):
    from qingfeng.culture.visit_models import Tally

    answer = visitor.post("/culture/routes/green-hill-hike/quiz/", {"q1": "1"}).content.decode()

    assert "答对1题" in answer
    assert list(Tally.objects.filter(what__startswith="quiz:").values_list("what", "count")) == [
        ("quiz:green-hill-hike:1:right", 1)
    ]


def test_a_group_books_with_a_code_and_takes_it_into_its_calendar(visitor):
    page = read(visitor, "routes/green-hill-hike/book/")
    slot = re.search(r'<option value="(\d+)"', page)[1]
    refused = visitor.post(
        "/culture/routes/green-hill-hike/book/", {"slot": slot, "group": "张13800000000", "heads": 3}
    )
    answer = visitor.post(
        "/culture/routes/green-hill-hike/book/", {"slot": slot, "group": "某支部", "heads": 3}
    )

    assert refused.status_code == 422
    code = answer["Location"].split("/")[-2]
    assert re.fullmatch(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", code)
    assert "待确认" in read(visitor, f"bookings/{code}/")
    assert b"STATUS:TENTATIVE" in visitor.get(f"/culture/bookings/{code}/booking.ics").content


def test_a_remark_with_a_telephone_number_is_not_taken(visitor):
    address = "/culture/remarks/green-hill-post/"

    assert visitor.post(address, {"score": "5", "text": "我的电话13800000000"}).status_code == 422
    assert "谢谢" in visitor.post(address, {"score": "5", "text": "讲得清楚"}).content.decode()


def test_a_share_card_has_a_title_a_picture_and_one_address(visitor):
    page = read(visitor, "places/green-hill-post/", headers={"user-agent": WECHAT})
    picture = visitor.get("/culture/cards/green-hill-post.png")

    assert '<meta property="og:title" content="青石交通站">' in page
    assert 'content="http://testserver/culture/cards/green-hill-post.png"' in page
    assert picture.content[:4] == b"\x89PNG"
    assert b"<svg" in visitor.get("/culture/qr/green-hill-post.svg").content


def test_a_visitor_gets_no_cookie_and_leaves_a_number(visitor):
    from qingfeng.culture import counting
    from qingfeng.culture.visit_models import Tally

    counting.flush()
    before = Tally.objects.filter(what="place:green-hill-path").values_list("count", flat=True).first() or 0
    answer = visitor.get("/culture/places/green-hill-path/")
    counting.flush()

    assert "sessionid" not in answer.cookies
    assert Tally.objects.get(what="place:green-hill-path").count == before + 1
    assert {one.name for one in Tally._meta.get_fields()} == {"id", "on", "what", "count"}


def tables(captured):
    return set(re.findall(r'(?:FROM|JOIN|INTO|UPDATE) "(\w+)"', " ".join(one["sql"] for one in captured)))


def test_public_pages_read_the_culture_tables_and_no_others(visitor):
    with CaptureQueriesContext(connection) as captured:
        for address in (
            "",
            "places/",
            "places/green-hill-post/",
            "routes/",
            "routes/green-hill-hike/",
            "wall/",
            "withdrawn/",
        ):
            assert visitor.get(f"/culture/{address}").status_code == 200

    assert tables(captured)
    assert {one for one in tables(captured) if not one.startswith("culture_")} == set()


def test_the_export_reads_the_culture_tables_and_writes_the_journal(copy):
    _, _, captured = copy

    assert {one for one in tables(captured) if not one.startswith(("culture_", "journal_"))} == set()


def test_every_link_of_the_export_leads_to_a_file_of_it(copy):
    folder, _, _ = copy
    broken = set()
    for page in folder.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for link in re.findall(r'(?:href|src)="([^"#]+)"', text):
            if not link.startswith("data:") and not (page.parent / link).resolve().is_file():
                broken.add((page.name, link))
        assert "://" not in re.sub(r'xmlns="[^"]*"', "", text.split("</head>")[1])

    assert broken == set()


def test_the_manifest_lists_every_file_and_the_public_journal_holds_it(copy):
    from hashlib import sha256

    from qingfeng.journal.models import JournalEntry

    folder, made, _ = copy
    held = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]

    files = {str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file()} - {"manifest.json"}
    assert set(held) == files
    assert all(sha256((folder / path).read_bytes()).hexdigest() == digest for path, digest in held.items())
    told = [
        bytes(one.body).decode() for one in JournalEntry.objects.filter(log="public", kind="culture.manifest")
    ]
    assert any(made.sha256 in one for one in told)


def test_the_checker_knows_an_unchanged_file_and_a_changed_one(copy, visitor):
    from django.core.files.uploadedfile import SimpleUploadedFile

    folder, _, _ = copy
    data = (folder / "zh/places/green-hill-post.html").read_bytes()

    same = visitor.post("/culture/check/", {"file": SimpleUploadedFile("a.html", data)}).content.decode()
    other = visitor.post(
        "/culture/check/", {"file": SimpleUploadedFile("a.html", data + b" ")}
    ).content.decode()

    assert "未被改动" in same
    assert "zh/places/green-hill-post.html" in same
    assert "不是本站导出的原样文件" in other


def test_the_site_is_taken_along_as_one_file(copy, visitor):
    answer = visitor.get("/culture/take-along.zip")

    with zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content))) as held:
        assert "zh/index.html" in held.namelist()


def test_a_file_to_take_along_is_not_given_when_something_in_it_was_withdrawn(copy, visitor):
    from qingfeng.culture.models import Publication

    row = Publication.objects.filter(slug="green-hill-spring", is_live=True)
    row.update(is_live=False)
    answers = [visitor.get("/culture/take-along.zip").status_code, read(visitor, "check/")]
    Publication.objects.filter(slug="green-hill-spring").update(is_live=True)

    assert answers[0] == 404
    assert "take-along.zip" not in answers[1]
    assert "take-along.zip" in read(visitor, "check/")


@pytest.mark.parametrize("asked", ["²", "-1", "9" * 5000, "x", ""])
def test_the_wall_begins_anew_where_no_number_is_asked_for(visitor, asked):
    assert visitor.get("/culture/wall/", {"at": asked}).status_code == 200


def test_a_sign_that_no_database_takes_is_not_sought(visitor):
    assert "<span data-found>1</span>" in read(visitor, "places/?q=%00茅屋")


def test_ten_thousand_places_are_drawn_as_numbers(district):
    from qingfeng.public.culture.drawing import Mark, map_svg

    marks = [
        Mark(123.9 + no % 100 / 500, 30.42 + no // 100 / 600, "hall", f"点{no}", "#") for no in range(10_000)
    ]

    drawn = map_svg(marks, language="zh", words="图")

    counts = [int(one) for one in re.findall(r'<text dy="6">(\d+)</text>', drawn)]
    assert sum(counts) == 10_000
    assert len(drawn) < 200_000


def test_a_slot_that_has_gone_is_not_offered(district, visitor):
    from qingfeng.culture.visit_models import Slot

    for slot in Slot.objects.all():
        slot.starts_at -= timedelta(days=60)
        slot.save()

    assert "近60天没有余额场次" in read(visitor, "routes/green-hill-hike/book/")
