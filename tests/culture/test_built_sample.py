import pytest
from PIL import Image

from qingfeng.culture.halls.gates import lacks
from qingfeng.culture.halls.reading import tour_of
from qingfeng.culture.sample import built_halls

MOST_BYTES = 3_000_000


@pytest.fixture(scope="module")
def folder():
    (found,) = built_halls.built()
    return found


def test_the_panoramas_of_the_built_hall_are_those_of_its_list(folder):
    assert built_halls.is_rendered(folder), "run tools/halls/render_built.py"

    scenes = list((folder / "scenes").glob("*.webp"))
    assert sum(one.stat().st_size for one in scenes) < MOST_BYTES
    for one in scenes:
        with Image.open(one) as held:
            assert held.size == (4096, 2048)


def test_the_built_hall_has_eight_to_twelve_exhibits_in_both_languages(folder):
    plan, layout, drawn = built_halls.plan_in(folder)

    exhibits = [one for room in plan.rooms for one in room.exhibits]
    assert 8 <= len(exhibits) <= 12
    assert len(layout.hung) == len(exhibits)
    assert {one.picture for one in exhibits} - {""} == {one.digest for one in drawn}
    assert all(one.text_zh and one.text_en for one in exhibits)


@pytest.mark.slow
def test_the_built_hall_lacks_nothing_before_it_is_public(culture, folder):
    from qingfeng.culture.content import content_of
    from qingfeng.culture.models import Entry

    told = built_halls.told_in(folder)
    words = {name: told[name] for name in ("name", "abstract", "text")}
    said = {f"{name}_{key}": pair[no] for name, pair in words.items() for no, key in enumerate(("zh", "en"))}
    entry = Entry.objects.create(
        kind="hall", slug="built", theme=told["theme"], made_by=culture.author, **said
    )

    held = built_halls.fill(entry, folder)

    assert list(lacks(content_of(Entry.objects.get(pk=entry.pk)))) == []
    assert len(tour_of(held.tour).zones) == 3
