"""First views of places and routes weigh little; the map follows, in the copy too."""

import pytest
from a_first_view import A_LARGE_SCRIPT, LIMIT, first_view

pytestmark = pytest.mark.django_db
PAGES = ("", "places/", "places/green-hill-post/", "routes/", "routes/green-hill-hike/", "wall/", "sheet/")


def test_the_first_view_of_every_page_of_places_weighs_less_than_a_megabyte(district, report):
    weights = {page: first_view(f"/culture/{page}") for page in PAGES}

    heaviest = max(weights, key=lambda page: sum(weights[page].values()))
    report(f"heaviest first view: /culture/{heaviest}, {sum(weights[heaviest].values()) / 1000:.0f} kB")
    assert sum(weights[heaviest].values()) < LIMIT
    assert not [one for page in weights.values() for one in page if one.startswith("http")]
    scripts = [size for page in weights.values() for one, size in page.items() if one.endswith(".js")]
    assert max(scripts) < A_LARGE_SCRIPT  # the map comes once its drawing is seen


def test_in_the_copy_the_script_that_a_page_begins_with_is_small_and_the_map_is_one_of_its_own(copy):
    folder, *_rest = copy

    page = (folder / "zh/index.html").read_text(encoding="utf-8")

    assert (folder / "assets/culture.js").stat().st_size < 10_000
    assert (folder / "assets/map.js").stat().st_size > 100_000
    assert "assets/map.js" not in page
