"""`python -m bench.culture halls [SCENES]`: a hall of panoramas 8,192 pixels wide, in a home of its own.

Says: first view of a scene on a throttled phone (4 times slower processor, 1.6 Mbit/s, 150 ms), when one can
look around in it, and how much was fetched for each; then the memory of the browser's page and of its
drawing process after ten scenes and after all of them. Panoramas are drawn by code: a few, each kept under
many names, so that the browser fetches every scene anew. Home and server are removed after it.
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

from bench.piped import Page, piped

SLOWER, BITS, WAIT_MS = 4, 1_600_000, 150
FIRST = 10
WITH_A_SURFACE = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
FILL = """
import hashlib, shutil, sys
import numpy as np
from django.conf import settings
from django.utils import timezone
from PIL import Image
from qingfeng.culture.content import content_of, digest_of, shown_by
from qingfeng.culture.halls.keeping import tiles_place
from qingfeng.culture.halls.tiling import tiles_of
from qingfeng.culture.models import Entry, Hall, Publication, Version
from qingfeng.organization.models import Person
from qingfeng.organization.sample import make_sample_office

make_sample_office()
scenes, drawn, width = int(sys.argv[1]), [], 8192
for no in range(min(scenes, 4)):
    draw = np.random.default_rng(no)
    coarse = draw.integers(40, 220, (64, 128, 3), dtype=np.uint8)
    picture = Image.fromarray(coarse).resize((width, width // 2), Image.Resampling.BICUBIC)
    grain = draw.integers(-9, 10, (width // 2, width), dtype=np.int16)[..., None]
    picture = Image.fromarray(np.clip(np.asarray(picture) + grain, 0, 255).astype(np.uint8))
    source = settings.HOME / f"drawn-{no}.png"
    picture.save(source, compress_level=1)
    target = settings.HOME / f"tiles-{no}"
    tiles_of(source, target, tell=lambda done, of: None)
    source.unlink()
    drawn.append(target)
by, now, told = Person.objects.first(), timezone.now(), []
digests = [hashlib.sha256(str(no).encode()).hexdigest() for no in range(scenes)]
for no, digest in enumerate(digests):
    shutil.copytree(drawn[no % len(drawn)], tiles_place(digest), copy_function=__import__("os").link)
    spots = [{"key": f"s{n}", "kind": "text", "yaw": n * 40 - 160, "pitch": 0, "title_zh": f"看点{n}",
              "title_en": f"Spot {n}", "text_zh": "字" * 200, "text_en": "text " * 60} for n in range(8)]
    spots += [{"key": "next", "kind": "scene", "yaw": 20, "pitch": -5, "title_zh": "往前", "title_en": "On",
               "to": f"scene-{(no + 1) % scenes}"}]
    words = {"name_zh": f"场景{no}", "name_en": f"Scene {no}", "told_zh": "一间屋子", "told_en": "A room"}
    told.append({"key": f"scene-{no}", "zone": "all", "panorama": digest, "spots": spots, **words})
said = {"name_zh": "大馆", "name_en": "Hall", "abstract_zh": "一句", "abstract_en": "One", "theme": "trust"}
entry = Entry.objects.create(kind="hall", slug="large", made_by=by, text_zh="文", text_en="text", **said)
zones = [{"key": "all", "name_zh": "全部", "name_en": "All"}]
Hall.objects.create(entry=entry, tour={"v": 1, "zones": zones, "first": "scene-0", "scenes": told})
content = content_of(entry)
frozen = {"content": content, "sha256": digest_of(content), "made_by": by, "made_at": now}
version = Version.objects.create(entry=entry, no=1, **frozen)
shown = {"name_zh": "大馆", "name_en": "Hall", "sought": "", "pictures": " ".join(shown_by(content))}
shown |= {"kind": "hall", "slug": "large", "theme": "trust", "number": "1", "by": by, "at": now}
Publication.objects.create(version=version, entry=entry, **shown)
"""
FETCHED = """() => [performance.getEntriesByName('first-contentful-paint')[0].startTime,
  [...performance.getEntriesByType('resource'), ...performance.getEntriesByType('navigation')]
    .reduce((sum, one) => sum + one.transferSize, 0)]"""
LARGEST = """() => new Promise((done) => {
  const last = (list) => done(list.getEntries().pop().startTime);
  new PerformanceObserver(last).observe({ type: 'largest-contentful-paint', buffered: true });
})"""


def main(scenes: int) -> None:
    """Fill a home, serve it, walk through its hall, and say what was measured."""
    home = Path(tempfile.mkdtemp(prefix="qingfeng-bench-halls-"))
    env = {**os.environ, "QINGFENG_HOME": str(home), "DJANGO_SETTINGS_MODULE": "qingfeng.project.settings"}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = [sys.executable, "-m", "qingfeng"]
    quiet: dict[str, Any] = {"env": env, "stdout": subprocess.DEVNULL}
    server = None
    try:
        subprocess.run([*own, "migrate", "--home", str(home)], check=True, **quiet)
        fill = f"import django; django.setup()\n{FILL}"
        subprocess.run([sys.executable, "-c", fill, str(scenes)], check=True, **quiet)
        serve = [*own, "serve", "--home", str(home), "--port", str(port)]
        server = subprocess.Popen(serve, stderr=subprocess.DEVNULL, **quiet)
        walk(f"http://127.0.0.1:{port}/culture/halls/large/scene-0/", scenes)
    finally:
        if server:
            server.terminate()
            server.wait()
        shutil.rmtree(home, ignore_errors=True)


def walk(address: str, scenes: int) -> None:
    """Open the first scene as a phone does; then go through all of them."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - measured without it

    _answers(address)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=WITH_A_SURFACE)
        first_view(browser, address)
        browser.close()
    memory(address, scenes)


def first_view(browser: Any, address: str) -> None:
    """Say when the scene is first seen on a slow phone, and when one can look around."""
    page = browser.new_page(viewport={"width": 390, "height": 780})
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    session.send("Network.enable")
    speed = BITS / 8
    slow = {"offline": False, "latency": WAIT_MS, "downloadThroughput": speed, "uploadThroughput": speed}
    session.send("Network.emulateNetworkConditions", slow)
    page.goto(address, wait_until="load")
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
    painted, fetched = page.evaluate(FETCHED)
    largest = page.evaluate(LARGEST)
    print(
        f"a scene: text after {painted / 1000:.2f} s, picture after {largest / 1000:.2f} s, "
        f"{fetched / 1024:.0f} KiB until loaded"
    )
    page.wait_for_selector(".walk-stage.is-live", timeout=180_000)
    seconds = page.evaluate("() => performance.now()") / 1000
    print(
        f"a scene: one looks around after {seconds:.1f} s, {page.evaluate(FETCHED)[1] / 1024:.0f} KiB by then"
    )
    page.close()


def memory(address: str, scenes: int) -> None:
    """Say the memory after ten scenes and after all, of a browser that keeps no answers for who watches."""
    with piped([*WITH_A_SURFACE, "--window-size=1366,768"]) as browser:
        page = browser.page(address)
        page.wait("document.querySelector('.walk-stage.is-live')")
        for no in range(1, scenes):
            page.ask(f"document.querySelector('[data-hall]').hall.go('scene-{no}').then(() => 1)")
            page.wait(f"location.pathname.includes('scene-{no}')")
            time.sleep(1.2)
            if no + 1 in (FIRST, scenes // 2, scenes):
                heap, page_mib, surface = _held(page)
                print(
                    f"{no + 1} scenes of 8,192 pixels: heap {heap:.0f} MiB, page {page_mib:.0f} MiB, "
                    f"drawing process {surface:.0f} MiB"
                )


def _held(page: Page) -> tuple[float, float, float]:
    """Return MiB of the heap after collection, of the largest page process and of the drawing process."""
    page.send("HeapProfiler.collectGarbage")
    time.sleep(2)
    page.send("Performance.enable")
    metrics = {one["name"]: one["value"] for one in page.send("Performance.getMetrics")["metrics"]}
    rows = page.browser.send("SystemInfo.getProcessInfo")["processInfo"]
    sizes = {kind: [_mib(one["id"]) for one in rows if one["type"] == kind] for kind in ("renderer", "GPU")}
    return metrics["JSHeapUsedSize"] / 2**20, max(sizes["renderer"]), max(sizes["GPU"], default=0.0)


def _mib(pid: int) -> float:
    """Return the memory that is a process's own share, MiB."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _answers(address: str) -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(address, timeout=20)  # noqa: S310 - our own server
        except OSError:
            time.sleep(0.5)
        else:
            return
    sys.exit("The site does not answer.")
