"""`python -m bench.culture [PLACES]`: the public map with many places, in a home of its own.

`python -m bench.culture halls [SCENES]` measures a hall (`bench/halls.py`), `files [PLACES]` a file that is
brought in (`bench/places_file.py`).

Says: first view of the map on a throttled phone (4 times slower processor, 1.6 Mbit/s, 150 ms), how much it
fetched for it and when the map is live; then how many frames a second it has while it is moved with all its
places, and after it an empty map of one colour: without a graphics card the surface costs most of a frame.
The home, its places and the server are made for the measurement and removed after it.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from bench import halls, places_file

SLOWER, BITS, WAIT_MS = 4, 1_600_000, 150
FILL = """
import random, sys
from django.db import transaction
from django.utils import timezone
from qingfeng.culture.content import content_of, digest_of
from qingfeng.culture.models import Entry, Place, Publication, Version
from qingfeng.culture.sample.ground import at
from qingfeng.organization.models import Person

draw, by, now = random.Random(7), Person.objects.first(), timezone.now()
with transaction.atomic():
    for no in range(int(sys.argv[1])):
        said = {"name_zh": f"点位{no}", "name_en": f"Place {no}", "abstract_zh": "一句", "abstract_en": "One"}
        said |= {"text_zh": "文" * 200, "text_en": "text " * 80, "theme": "trust"}
        entry = Entry.objects.create(kind="place", slug=f"p-{no}", made_by=by, **said)
        lon, lat = at(draw.uniform(-11, 12), draw.uniform(-8, 8))
        Place.objects.create(entry=entry, category=draw.choice(Place.Category.values), lon=lon, lat=lat)
        content = content_of(entry)
        frozen = {"content": content, "sha256": digest_of(content), "made_by": by, "made_at": now}
        version = Version.objects.create(entry=entry, no=1, **frozen)
        shown = {"name_zh": entry.name_zh, "name_en": entry.name_en, "lon": lon, "lat": lat, "sought": ""}
        shown |= {"category": content["category"], "theme": "trust", "kind": "place", "slug": entry.slug}
        Publication.objects.create(version=version, entry=entry, number=str(no), by=by, at=now, **shown)
"""
SAMPLE = """
from qingfeng.culture.sample.make import make_sample
from qingfeng.organization.sample import make_sample_office
make_sample_office()
make_sample()
"""
FETCHED = """() => ['resource', 'navigation'].flatMap((kind) => performance.getEntriesByType(kind))
  .reduce((sum, one) => sum + one.transferSize, 0)"""
FRAMES = """async (zoom) => {
  const map = document.querySelector('[data-tour]').map, times = [];
  await new Promise((done) => map.loaded() ? done() : map.once('idle', done));
  let last = performance.now(), on = true;
  const tick = (now) => { times.push(now - last); last = now; if (on) requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
  map.easeTo({ center: [124.05, 30.52], zoom, duration: 3000 });
  await new Promise((done) => setTimeout(done, 3200));
  on = false;
  times.sort((a, b) => a - b);
  return [times.length / 3.2, times[Math.floor(times.length * 0.95)]];
}"""
EMPTIED = """() => {
  const { map } = document.querySelector('[data-tour]');
  const layers = [{ id: 'g', type: 'background', paint: { 'background-color': '#eef1ee' } }];
  map.jumpTo({ center: [124, 30.5], zoom: 10 });
  map.setStyle({ version: 8, sources: {}, layers }, { diff: false });
}"""
ALL_THE_WAY = 13


def main(places: int) -> None:
    """Fill a home, serve it, look at it, and say what was measured."""
    home = Path(tempfile.mkdtemp(prefix="qingfeng-bench-culture-"))
    env = {**os.environ, "QINGFENG_HOME": str(home), "DJANGO_SETTINGS_MODULE": "qingfeng.project.settings"}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    subprocess.run(
        [sys.executable, "-m", "qingfeng", "migrate", "--home", str(home)],
        env=env,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    for code, argument in ((SAMPLE, "0"), (FILL, str(max(0, places - 30)))):
        subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{code}", argument], env=env, check=True
        )
    server = subprocess.Popen(
        [sys.executable, "-m", "qingfeng", "serve", "--home", str(home), "--port", str(port)],
        env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        look(f"http://127.0.0.1:{port}/culture/", places)
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(home, ignore_errors=True)


def look(address: str, places: int) -> None:
    """Open the map as a phone does, and move it."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - measured without it

    _answers(address)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 390, "height": 780})
        session = page.context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        session.send("Network.enable")
        speed = BITS / 8
        session.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": WAIT_MS, "downloadThroughput": speed, "uploadThroughput": speed},
        )
        page.goto(address, wait_until="load")
        page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
        painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        fetched = page.evaluate(FETCHED)
        print(f"{places} places: first view {painted / 1000:.2f} s, {fetched / 1024:.0f} KiB until loaded")
        page.wait_for_selector(".stage.is-live", timeout=120_000)
        lives, fetched = page.evaluate("performance.now()") / 1000, page.evaluate(FETCHED) / 1024
        print(f"{places} places: live after {lives:.1f} s, {fetched:.0f} KiB by then")
        session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        moved(page, session, f"{places} places")
        page.evaluate(EMPTIED)
        moved(page, session, "an empty map")
        browser.close()


def moved(page: Any, session: Any, what: str) -> None:
    """Move the map to a town, and say how many frames it made and what each cost the page's own thread."""
    session.send("Performance.enable")
    before = _busy(session)
    rate, slowest = page.evaluate(FRAMES, ALL_THE_WAY)
    each = (_busy(session) - before) / (rate * 3.2) * 1000
    of_page = f"{each:.1f} ms each of the page's own thread"
    print(f"{what}: {rate:.0f} frames a second while moved, 95 % within {slowest:.0f} ms, {of_page}")


def _busy(session: Any) -> float:
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(float(one["value"]) for one in metrics if one["name"] == "TaskDuration")


def _answers(address: str) -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(address, timeout=20)  # noqa: S310 - our own server
        except OSError:
            time.sleep(0.5)
        else:
            return
    sys.exit("The site does not answer.")


if __name__ == "__main__":
    if sys.argv[1:2] == ["halls"]:
        halls.main(int(sys.argv[2]) if len(sys.argv) > 2 else 50)
    elif sys.argv[1:2] == ["files"]:
        places_file.main(int(sys.argv[2]) if len(sys.argv) > 2 else places_file.PLACES)
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
