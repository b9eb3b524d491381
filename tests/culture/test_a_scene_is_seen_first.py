"""The first view of a scene is its picture and its words; the viewer follows."""

import pytest
from a_first_view import A_LARGE_SCRIPT, LIMIT, first_view

pytestmark = pytest.mark.django_db


def test_a_scene_is_seen_before_its_viewer_is_fetched(quiet_hall):
    weights = first_view("/culture/halls/quiet-hall/gate/")

    assert sum(weights.values()) < LIMIT
    assert [one for one in weights if one.endswith("/small.webp")]
    assert max(size for one, size in weights.items() if one.endswith(".js")) < A_LARGE_SCRIPT
