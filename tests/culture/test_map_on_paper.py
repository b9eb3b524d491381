import json
import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(district):
    return Client()


def read(client, address):
    return client.get(f"/culture/{address}").content.decode()


def test_a_sheet_has_numbers_on_the_map_and_beside_names_a_legend_and_the_approval_number(visitor):
    page = read(visitor, "sheet/")

    assert sorted(re.findall(r'class="pin-name"[^>]*>(\d)<', page)) == ["1", "2", "3"]
    listed = re.findall(r"<b>([^<]+)</b>", page)
    assert [f"{no} {name}" for no, name in enumerate(listed, 1)] == sorted(
        re.findall(r'class="pin pin-[^>]*aria-label="([^"]+)"', page)
    )
    assert re.search(r'class="legend".*红色遗址', page, re.DOTALL)
    assert "审图号 云水（示例）2026-001号" in page
    assert "<svg" in page.split('class="sheet-code"')[1][:60]


@pytest.mark.parametrize(("asked", "form"), [("", "is-a4"), ("?paper=a3", "is-a3"), ("?paper=b5", "is-a4")])
def test_a_sheet_is_a4_or_a3(visitor, asked, form):
    assert f"paper-sheet {form}" in read(visitor, f"sheet/{asked}")


def test_a_sheet_shows_what_was_asked_for(visitor):
    page = read(visitor, "sheet/?kind=red_site")

    assert "<b>青石交通站</b>" in page
    assert "<b>知足泉</b>" not in page


def test_more_places_than_paper_takes_are_drawn_as_numbers_and_the_list_says_so(district):
    from qingfeng.public.culture import drawing, printing
    from qingfeng.public.culture.ways import Way

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(printing, "MANY", 2)
        said = printing.printed(Way("zh"), asked={})

    assert said["places"] == []
    assert said["found"] == 3
    assert drawing.MANY > 3


def test_the_live_map_is_given_what_was_asked_for_and_no_more(visitor):
    page = read(visitor, "?kind=red_site")
    told = json.loads(visitor.get("/culture/places.zh.geojson?kind=red_site").content)

    assert 'data-places="/culture/places.zh.geojson?kind=red_site"' in page
    assert [one["properties"]["n"] for one in told["features"]] == ["青石交通站"]


@pytest.mark.parametrize("address", ["", "places/", "routes/"])
def test_the_map_and_its_lists_have_a_share_card_and_one_address_too(visitor, address):
    page = read(visitor, address)

    assert f'<meta property="og:url" content="http://testserver/culture/{address}">' in page
    [card] = re.findall(r'og:image" content="http://testserver(/culture/cards/[^"]+)"', page)
    assert visitor.get(card).content[:4] == b"\x89PNG"


@pytest.mark.parametrize(
    "address", ["", "places/green-hill-post/", "routes/green-hill-hike/", "wall/", "sheet/"]
)
def test_beside_every_map_stands_its_approval_number(visitor, address):
    page = read(visitor, address)

    assert '<p class="credit">' in page
    assert "审图号 云水（示例）2026-001号" in page.split('<p class="credit">')[1].split("</p>")[0]


def test_a_large_screen_turns_by_itself_without_a_script_and_names_the_next_place_for_one(visitor):
    page = read(visitor, "wall/?at=1")

    assert '<noscript><meta http-equiv="refresh" content="18;url=?at=2"></noscript>' in page
    assert 'data-next="?at=2"' in page
