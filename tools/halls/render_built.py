"""Render the panoramas of the sample's built halls in Chromium, as the page of the desk does.

`python tools/halls/render_built.py [SLUG]…` writes `scenes/<point>.webp` beside each `built.toml`. The front
end must be built. A server of this machine gives the page, the drawing and the pictures, and takes the
panoramas.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
import tempfile
import threading
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import django
from PIL import Image
from playwright.sync_api import sync_playwright

_home = tempfile.TemporaryDirectory()
os.environ |= {"QINGFENG_HOME": _home.name, "DJANGO_SETTINGS_MODULE": "qingfeng.project.settings"}
django.setup()

from qingfeng.culture.sample.built_halls import (  # noqa: E402 - its tables need the house
    built,
    digest_of,
    drawing_in,
    noted_in,
    panorama_of,
    plan_in,
    told_in,
)

BUILT = Path(__file__).parents[2] / "src/qingfeng/look/built"
FLAGS = ("--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-quic")
QUALITY = 84
MINUTES = 20
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
WORDS = {
    "no_webgl": "no WebGL", "lost": "{n} pictures are missing", "cancelled": "cancelled", "done": "done",
    "rendering": "{no} of {all}", "failed": "failed",
}  # fmt: skip


def page_of(told: dict[str, Any], drawing: dict[str, Any]) -> str:
    """Return the page that draws a hall and sends its panoramas."""
    entry = json.loads((BUILT / "manifest.json").read_text())["site/hall-built.js"]["file"]
    script = '<script type="application/json" {}>{}</script>'
    return "".join(
        [
            f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>{told["name"][0]}</title>',
            '<qf-built data-pictures="/pictures/DIGEST" data-panoramas="/panoramas/" data-finish="/finish/">',
            script.format("data-words", json.dumps(WORDS)),
            script.format('id="hall-drawing"', json.dumps(drawing, ensure_ascii=False)),
            '<div style="width:960px;height:540px"><canvas></canvas></div><p data-said></p>',
            "<div data-stands></div><progress hidden></progress><button data-render>render</button>",
            "<button data-cancel hidden>cancel</button></qf-built>",
            f'<script type="module" src="/built/{entry}"></script></html>',
        ]
    )


def handler_of(page: str, pictures: dict[str, bytes], folder: Path) -> type[BaseHTTPRequestHandler]:
    """Return what answers Chromium: the page, the bundle, the pictures; it keeps the panoramas that come."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.split("?")[0].strip("/")
            if not name:
                self.answer(page.encode(), "text/html; charset=utf-8")
            elif name.startswith("pictures/"):
                self.answer(pictures.get(name[9:], b""), "image/svg+xml")
            elif name.startswith("built/") and (file := BUILT / Path(name).name).exists():
                self.answer(file.read_bytes(), TYPES.get(file.suffix, "application/octet-stream"))
            else:
                self.send_error(404)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/panoramas/":
                stand, picture = _parts(self.headers["Content-Type"], body)
                with Image.open(io.BytesIO(picture)) as held:
                    held.save(panorama_of(folder, stand), "WEBP", quality=QUALITY, method=6)
                print(stand, panorama_of(folder, stand).stat().st_size // 1024, "KB", flush=True)
            self.answer(b'{"digest": "kept"}', "application/json")

        def answer(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_said: object) -> None:
            """Say nothing of each request."""

    return Handler


def _parts(kind: str, body: bytes) -> tuple[str, bytes]:
    """Return the point and the picture that a form of several parts brings."""
    message = BytesParser().parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
    parts = {
        str(one.get_param("name", header="content-disposition")): one.get_payload(decode=True)
        for one in message.get_payload()  # type: ignore[union-attr]
    }
    return parts["stand"].decode(), parts["picture"]  # type: ignore[union-attr,return-value]


def render(folder: Path) -> None:
    """Render every point of the hall of a folder."""
    told, drawing = told_in(folder), drawing_in(folder)
    _plan, _layout, drawn = plan_in(folder)
    shutil.rmtree(folder / "scenes", ignore_errors=True)
    (folder / "scenes").mkdir()
    pictures = {one.digest: one.data for one in drawn}
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(page_of(told, drawing), pictures, folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1000, "height": 700})
        page.set_default_timeout(MINUTES * 60_000)  # a drawing without a card takes its time
        page.on("console", lambda said: print(said.text) if said.type == "error" else None)
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        page.wait_for_selector("qf-built[data-ready]")
        page.click("[data-render]")
        page.wait_for_selector("qf-built[data-done]")
        browser.close()
    server.shutdown()
    noted_in(folder).write_text(f"{digest_of(drawing)}\n", encoding="ascii")


def main(slugs: list[str]) -> int:
    """Render the halls that are named, all of the sample where none is."""
    for folder in built():
        if not slugs or folder.name in slugs:
            render(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
