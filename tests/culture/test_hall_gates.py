"""The life of a hall: what keeps it inside, what is frozen, what ends."""

import pytest
from a_hall import a_hall

from qingfeng.culture import gates, life
from qingfeng.culture.content import content_of
from qingfeng.culture.models import Entry, Publication

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawn(culture, tmp_path):
    """A hall that could be published, with what is changed in its tour."""
    culture.number_the_map()

    def draw(change=lambda _tour: None):
        def changed(tour):
            change(tour)
            return tour

        return a_hall(culture, tmp_path, tour=changed)

    return draw


def lacks(culture, entry):
    return [one for one in gates.missing(culture.handed_in(entry)) if one.key != "signature"]


def test_a_whole_hall_lacks_nothing_but_six_signatures(culture, drawn):
    assert lacks(culture, drawn()) == []


def spoiled(tour):
    """Take one thing after another away."""
    gate, court = tour["scenes"]
    gate["told_en"] = ""
    court["panorama"] = ""
    panel, scroll, song, film, law, ask, door = gate["spots"]
    panel["text_en"] = ""
    scroll["medium"] = song["medium"]
    song["told_zh"] = ""
    film["captions_en"] = ""
    law["href"] = "/culture/places/not-public/"
    ask["quiz"]["why_en"] = ""
    door["title_en"] = ""
    gate["spots"].remove(door)


def test_every_thing_that_a_hall_lacks_is_told_with_its_place(culture, drawn):
    entry = drawn(spoiled)
    found = lacks(culture, entry)

    assert sorted(one.key for one in found) == [
        "captions", "link", "medium", "panorama", "told", "told", "ways", "words", "words",
    ]  # fmt: skip
    assert any(one.says.startswith("门厅 · 看点film") for one in found)
    assert not life.publish(life.under_review(Entry.objects.get(pk=entry.pk)), by=culture.author)


def test_a_tour_that_cannot_be_read_is_not_published(culture, drawn):
    found = lacks(culture, drawn(lambda tour: tour["scenes"][0]["view"].update(hfov=500)))

    assert [(one.key, one.says.partition(":")[0]) for one in found] == [("tour", "scenes[0].view.hfov")]


def test_a_version_freezes_the_tour_and_all_it_shows(culture, drawn):
    entry = drawn()
    version = culture.handed_in(entry)

    entry.hall.tour["scenes"][0]["name_zh"] = "后来的名字"
    entry.hall.save()

    assert version.content["tour"]["scenes"][0]["name_zh"] == "门厅"
    assert {one.get("kind", "picture") for one in version.content["media"]} == {
        "picture", "panorama", "audio", "video",
    }  # fmt: skip
    assert content_of(entry) != version.content


def test_a_published_hall_names_every_file_it_shows(culture, drawn):
    row = culture.published(drawn())

    captions = row.version.content["tour"]["scenes"][0]["spots"][3]
    assert captions["captions_zh"] in row.pictures
    assert all(one["digest"] in row.pictures for one in row.version.content["media"])


def test_a_withdrawn_hall_says_since_when_and_why_and_shows_nothing(culture, drawn, client):
    row = culture.published(drawn())
    panorama = row.version.content["tour"]["scenes"][0]["panorama"]
    assert client.get(f"/culture/panoramas/{panorama}/base.webp").status_code == 200

    life.withdraw(row.entry, by=culture.author, why="展陈更新")

    for address in ("", "gate/"):
        answer = client.get(f"/culture/halls/quiet-hall/{address}")
        assert (answer.status_code, "展陈更新" in answer.content.decode()) == (410, True)
    for address in ("qr.svg", "card.png", "view.webp"):
        assert client.get(f"/culture/halls/quiet-hall/gate/{address}").status_code == 404
    assert client.get(f"/culture/panoramas/{panorama}/base.webp").status_code == 410
    assert client.post("/culture/walked/quiet-hall/").status_code == 404


def test_what_is_public_of_a_hall_is_looked_at_after_six_months(culture, drawn):
    row = culture.published(drawn())
    row.entry.refresh_from_db()

    done = life.look_again(row.entry, by=culture.author, is_right=True, note="逐个场景看过")

    assert done.due_on == life.months_on(life.timezone.localdate(), 6)
    assert Publication.objects.get(entry=row.entry).is_live
