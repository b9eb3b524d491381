"""What a browser fetches for a first page, as it is sent; what our readers' browsers understand."""

import gzip
import json
import re
from importlib.resources import files

import pytest
from django.test import Client

from qingfeng.look.gallery import PAGES

pytestmark = pytest.mark.django_db
BUILT = files("qingfeng.look").joinpath("built")
LIMIT = 300_000


def fetched(client, path):
    """Return the bytes of an address as a browser without TLS gets them."""
    answer = client.get(path, headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200, path
    return answer, b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize("name", PAGES)
def test_a_first_page_weighs_less_than_300_kilobytes(name, settings, report):
    settings.DEMO = True
    client = Client()
    _page, content = fetched(client, f"/look/gallery/{name}/")
    wanted = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', content.decode()))

    weights = {path: len(fetched(client, path)[1]) for path in wanted}
    if "<qf-chart" in content.decode():
        manifest = json.loads(BUILT.joinpath("manifest.json").read_text(encoding="utf-8"))
        drawing = f"/static/built/{manifest['site/js/draw.js']['file']}"
        weights[drawing] = len(fetched(client, drawing)[1])
    total = len(gzip.compress(content)) + sum(weights.values())

    assert any(path.endswith(".css") for path in wanted)
    assert any(path.endswith(".js") for path in wanted)
    report(f"first load of the gallery's page {name}: {total / 1000:.0f} kB compressed")
    assert total < LIMIT


def test_what_is_built_goes_out_compressed_and_may_be_kept_for_ever():
    manifest = json.loads(BUILT.joinpath("manifest.json").read_text(encoding="utf-8"))

    for entry in ("site/desk.js", "icons.svg"):
        answer, _content = fetched(Client(), f"/static/built/{manifest[entry]['file']}")
        assert answer["Content-Encoding"] == "gzip"
        assert "immutable" in answer["Cache-Control"]


def test_style_sheets_speak_to_chromium_94():
    sheets = [file for file in BUILT.iterdir() if file.name.endswith(".css")]

    young = re.compile(r"oklch|oklab|color-mix|light-dark|:has\(|@layer|@container|@property")
    found = {sheet.name: young.findall(sheet.read_text(encoding="utf-8")) for sheet in sheets}

    assert len(found) >= 3
    assert all(words == [] for words in found.values()), found


def test_nothing_built_names_another_house():
    allowed = ("http://www.w3.org/", "https://www.w3.org/")
    for file in BUILT.iterdir():
        if re.search(r"\.(css|svg)$", file.name):
            named = re.findall(r"https?://[^\s\"')]+", file.read_text(encoding="utf-8"))
            assert [url for url in named if not url.startswith(allowed)] == [], file.name
