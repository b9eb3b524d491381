"""Builders of this room's tests: a hall of two scenes, panoramas drawn by code, each kind of spot."""

import io
import struct
from copy import deepcopy

import numpy as np
from PIL import Image

VTT = b"WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n%s\n"
PLACES = (("gate", 0.2, "门厅", "Gate"), ("court", 0.8, "中庭", "Court"))


def a_panorama(path, *, width=2048, hue=0):
    """A room drawn by code: floor, walls with a lattice, ceiling; written as JPEG."""
    height = width // 2
    yaw = np.linspace(-180, 180, width, endpoint=False)[None, :]
    pitch = np.linspace(90, -90, height)[:, None]
    base = np.where(pitch > 25, 228, np.where(pitch < -20, 118, 190)) + 0 * yaw
    lattice = ((np.floor((yaw + 180) / 15) + np.floor((pitch + 90) / 12)) % 2) * 14
    picture = np.stack([base - lattice + hue, base - lattice, base - lattice - hue], axis=-1)
    Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8)).save(path, "JPEG", quality=88)
    return path


def a_sound():
    """A second of silence, as MP3 frames would be brought: here Ogg by its first page."""
    return b"OggS" + struct.pack("<BBqIIIB", 0, 2, 0, 1, 0, 0, 1) + b"\x13OpusHead\x01\x01" + bytes(64)


def a_film():
    """The first box of an MP4, and nothing to play."""
    return struct.pack(">I4s4sI4s4s", 24, b"ftyp", b"isom", 512, b"isom", b"mp42") + bytes(256)


def a_hall(culture, folder, *, slug="quiet-hall", **changes):
    """A hall that could be published: two scenes, seven kinds of spots."""
    from qingfeng.culture.halls import keeping
    from qingfeng.culture.models import Entry, Hall
    from qingfeng.culture.storing import keep_picture

    words = {
        "name_zh": "静廉馆",
        "name_en": "Quiet Hall",
        "abstract_zh": "两间屋子",
        "abstract_en": "Two rooms",
    }
    said = {"text_zh": "一座小馆", "text_en": "A small hall"}
    entry = Entry.objects.create(
        kind="hall", slug=slug, theme="trust", made_by=culture.author, **words, **said
    )
    entry.sources.create(title="馆藏说明（虚构）", where="第 2 页")
    held = [_kept(folder, key, 10 * no) for no, (key, *_rest) in enumerate(PLACES)]
    out = io.BytesIO()
    Image.new("RGB", (64, 40), "#0b6e73").save(out, "PNG")
    picture, form = keep_picture(out.getvalue())
    sound, film = keeping.keep_sound(a_sound()), keeping.keep_film(a_film())
    captions = [keeping.keep_captions(VTT % text.encode()).digest for text in ("清风", "Clear wind")]
    for no, (kind, digest, form_of) in enumerate(
        [*(("panorama", one.digest, one.form) for one in held), ("picture", picture, form),
         ("audio", sound.digest, sound.form), ("video", film.digest, film.form)], 1,
    ):  # fmt: skip
        alt = {"alt_zh": f"画面{no}", "alt_en": f"Picture {no}"}
        entry.media.create(
            no=no, kind=kind, digest=digest, form=form_of, licence="own", author="宣传部", **alt
        )
    medium = {"picture": picture, "audio": sound.digest, "video": film.digest, "captions": captions}
    tour = a_tour([one.digest for one in held], medium)
    Hall.objects.create(entry=entry, tour=changes.pop("tour", lambda one: one)(deepcopy(tour)))
    return entry


_CUT = {}


def _kept(folder, key, hue):
    """A panorama kept in this home; cut once, and carried over where another test wants it."""
    from django.conf import settings

    from qingfeng.culture.halls import keeping
    from qingfeng.culture.storing import place_of

    if key not in _CUT:
        kept = keeping.keep_panorama(a_panorama(folder / f"{key}.jpg", hue=hue), tell=lambda *_: None)
        places = (place_of(kept.digest, kept.form), *keeping.tiles_place(kept.digest).iterdir())
        _CUT[key] = kept, {one.relative_to(settings.HOME): one.read_bytes() for one in places}
    kept, files = _CUT[key]
    for place, data in files.items():
        (settings.HOME / place).parent.mkdir(parents=True, exist_ok=True)
        (settings.HOME / place).write_bytes(data)
    return kept


def a_tour(panoramas, medium):
    """The tour of that hall, in JSON."""

    def spot(key, kind, yaw, **more):
        said = {
            "title_zh": f"看点{key}",
            "title_en": f"Spot {key}",
            "text_zh": f"说明{key}",
            "text_en": f"About {key}",
        }
        return {"key": key, "kind": kind, "yaw": yaw, "pitch": -4, **said, **more}

    told = {"told_zh": "听到的话", "told_en": "What is said"}
    quiz = {
        "question_zh": "谁来记账？", "question_en": "Who keeps the accounts?", "right": 1,
        "answers": [{"zh": "一个人", "en": "One person"}, {"zh": "两个人", "en": "Two persons"}],
        "why_zh": "一人记，一人核。", "why_en": "One writes, one checks.",
    }  # fmt: skip
    captions = {"captions_zh": medium["captions"][0], "captions_en": medium["captions"][1]}
    gate = [
        spot("panel", "text", -20),
        spot("scroll", "picture", 35, medium=medium["picture"]),
        spot("song", "audio", 80, medium=medium["audio"], **told),
        spot("film", "video", 120, medium=medium["video"], **told, **captions),
        spot("law", "link", 160, href="https://example.org/law"),
        spot("ask", "quiz", -70, quiz=quiz),
        spot("door", "scene", -140, to="court"),
    ]
    spots = {"gate": gate, "court": [spot("back", "scene", 170, to="gate")]}
    return {
        "v": 1, "first": "gate",
        "zones": [
            {"key": "front", "name_zh": "前区", "name_en": "Front", "text_zh": "进门", "text_en": "Enter"}
        ],
        "scenes": [
            {"key": key, "zone": "front", "name_zh": zh, "name_en": en, "told_zh": f"{zh}里有什么",
             "told_en": f"What is in the {en.lower()}", "panorama": panorama, "plan": {"x": x, "y": 0.5},
             "view": {"yaw": 10, "pitch": -2, "hfov": 80}, "spots": spots[key]}
            for (key, x, zh, en), panorama in zip(PLACES, panoramas, strict=True)
        ],
    }  # fmt: skip
