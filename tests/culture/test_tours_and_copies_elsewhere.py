"""What is taken elsewhere: a tour that another site walks, the file to take along, made by two at once."""

import os
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from a_hall import a_hall
from django.test import Client
from django.utils import timezone
from in_chromium import a_context, a_page, chromium, needs_chromium

from qingfeng.desk.culture.sweeping import sweep
from qingfeng.public.culture import exporting

WALKED = """async (address) => {
  const tour = await (await fetch(address)).json();
  const scene = tour.scenes[tour.default.firstScene];
  const picture = Object.assign(new Image(), { crossOrigin: "anonymous", src: scene.panorama });
  await picture.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: 8, height: 4 });
  const pen = canvas.getContext("2d");
  pen.drawImage(picture, 0, 0, 8, 4);
  return [Object.keys(tour.scenes).length, pen.getImageData(0, 0, 8, 4).data.length];
}"""
"""What Pannellum does: the tour fetched, its panorama laid on a surface that is read again."""


def test_a_tour_and_its_panoramas_are_read_from_anywhere_and_nothing_else_is(quiet_hall):
    client = Client()
    tour = client.get("/culture/halls/quiet-hall/pannellum.json")
    scene = tour.json()["scenes"]["gate"]
    panorama = client.get(scene["panorama"].removeprefix("http://testserver"))

    for answer in (tour, panorama):
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer
        assert not answer.cookies
    for page in (
        "/culture/halls/quiet-hall/",
        "/culture/halls/quiet-hall/gate/",
        "/culture/",
        "/culture-desk/",
    ):
        assert "Access-Control-Allow-Origin" not in client.get(page)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@needs_chromium[0]
@needs_chromium[1]
def test_a_page_of_another_site_walks_the_tour(live_server, culture, tmp_path):
    culture.number_the_map()
    culture.published(a_hall(culture, tmp_path))
    with another_site(tmp_path) as elsewhere, chromium() as browser:
        page = a_page(a_context(browser, live_server))
        page.goto(elsewhere)

        walked = page.evaluate(WALKED, f"{live_server.url}/culture/halls/quiet-hall/pannellum.json")

    assert walked == [2, 8 * 4 * 4]


@contextmanager
def another_site(folder):
    (folder / "index.html").write_text("<!doctype html><title>Elsewhere</title>")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/index.html"
    finally:
        server.shutdown()
        server.server_close()


def a_folder(place, word):
    place.mkdir()
    for no in range(40):
        (place / f"{no}.html").write_text(word * 500)
    return place


def test_of_copies_made_at_once_one_is_there_whole_and_nothing_beside_it(settings, tmp_path):
    settings.HOME = tmp_path / "home"
    folders = [a_folder(tmp_path / word, word) for word in ("one", "two")]

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(exporting.keep_zip, folders * 6))

    with zipfile.ZipFile(exporting.zipped()) as held:
        words = {held.read(name)[:3] for name in held.namelist()}
        assert (held.testzip(), len(held.namelist()), len(words)) == (None, 40, 1)
    assert [one.name for one in exporting.zipped().parent.iterdir()] == ["take-along.zip"]


def test_what_a_copy_that_was_killed_left_goes_the_next_day(culture, settings):
    place = exporting.zipped().parent
    left = [place / "export.abcd.new", place / "take-along.1234.new"]
    left[0].mkdir(parents=True)
    (left[0] / "index.html").write_text("half")
    left[1].write_bytes(b"PK")
    before = (timezone.now() - timedelta(days=2)).timestamp()
    for one in left:
        os.utime(one, (before, before))
    fresh = place / "export.efgh.new"
    fresh.mkdir()

    swept = sweep()

    assert swept.counts["half_written"] == 2
    assert list(place.glob("*.new")) == [fresh]
