"""`python -m bench.culture files [PLACES] [MB]`: places brought in from GeoJSON, in a home of its own.

Says, each as processor time of a process of its own with its highest memory: the look at a file of PLACES
places that are new, the second press that writes them, the look at the same file with every text another
one, the second press, and the batch taken back. Then the same with a file of MB megabytes. The home and its
files are removed after it.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PLACES, MEGABYTES, MOST = 10_000, 40, 10_000
STEP = """
import resource, sys, time
import django
django.setup()
from pathlib import Path
from django.utils import translation
from qingfeng.culture.brought_models import Batch
from qingfeng.culture.files import batches, reading
from qingfeng.organization.models import Person

step, path = sys.argv[1], Path(sys.argv[2])
translation.activate("zh-hans")
by = Person.objects.first()
start = time.process_time()
if step == "look":
    with path.open("rb") as file:
        token = batches.put_aside(file, path.name)
    found = batches.looked_at(token)
    done = f"{len(found.new)} new, {len(found.changed)} changed, {len(found.rejects)} out"
    assert found.base
elif step == "take":
    with path.open("rb") as file:
        token = batches.put_aside(file, path.name)
    start = time.process_time()
    found = batches.looked_at(token)
    assert found.base
    batch = batches.take_in(found, by=by, sha=token.partition(".")[0], name=path.name)
    done = f"{batch.lines.count()} drafts"
else:
    batch = Batch.objects.filter(taken_back_at=None).latest("pk")
    done = "%d as before, %d stay" % batches.take_back(batch, by=by)
took, peak = time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{step:5} {took:6.1f} s of processor time, peak {peak:4.0f} MiB: {done}", flush=True)
"""
OFFICE = """
import django
django.setup()
from qingfeng.organization.sample import make_sample_office
make_sample_office()
"""


def main(places: int = PLACES, megabytes: int = MEGABYTES) -> None:
    """Write the files, bring them in, and say what each step took."""
    home = Path(tempfile.mkdtemp(prefix="qingfeng-bench-places-"))
    env = {**os.environ, "QINGFENG_HOME": str(home), "DJANGO_SETTINGS_MODULE": "qingfeng.project.settings"}
    try:
        _run(env, "-m", "qingfeng", "migrate", "--home", str(home), quiet=True)
        _run(env, "-c", OFFICE)
        new, other, large = (home / f"{name}.geojson" for name in ("new", "other", "large"))
        _written(new, places, "p", 400)
        _written(other, places, "p", 400, word="竹")
        for step, path in (("look", new), ("take", new), ("look", other), ("take", other), ("back", other)):
            print(f"{path.stat().st_size / 2**20:4.1f} MiB", end=" ", flush=True)
            _run(env, "-c", STEP, step, str(path))
        _written(large, MOST, "large", megabytes * 2**20 // MOST - 40)
        for step in ("look", "take", "back"):
            print(f"{large.stat().st_size / 2**20:4.1f} MiB", end=" ", flush=True)
            _run(env, "-c", STEP, step, str(large))
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _written(path: Path, places: int, name: str, size: int, *, word: str = "清") -> None:
    """Write a collection of places, each of about `size` bytes where that is more than it needs."""
    draw = random.Random(7)  # noqa: S311 - not for secrets
    with path.open("w", encoding="utf-8") as file:
        file.write('{"type": "FeatureCollection", "features": [\n')
        for no in range(places):
            said = {
                "slug": f"{name}-{no}", "theme": "trust", "category": "village", "name_zh": f"点位{no}",
                "name_en": f"Place {no}", "abstract_zh": "一句话", "abstract_en": "One",
                "text_zh": "", "text_en": "", "opens_at": "09:00", "closes_at": "17:00",
                "wheelchair": "partly",
                "sources": [{"title": "区志", "where": str(no)}],
                "media": [{"file": f"{name}-{no}.jpg", "licence": "own", "author": "区纪委监委"}],
            }  # fmt: skip
            at = [round(draw.uniform(123.8, 124.3), 6), round(draw.uniform(30.3, 30.7), 6)]
            feature = {
                "type": "Feature", "properties": said, "geometry": {"type": "Point", "coordinates": at}
            }  # fmt: skip
            left = max(0, size - len(json.dumps(feature, ensure_ascii=False).encode()))
            said["text_zh"] = word * max(1, min(800, left // 6))
            said["text_en"] = "A short sentence of it. " * min(100, max(1, left // 48))
            lacks = size - len(json.dumps(feature, ensure_ascii=False).encode())
            said["remark"] = "." * max(0, lacks)  # what nothing reads is in files too
            file.write(json.dumps(feature, ensure_ascii=False) + (",\n" if no + 1 < places else "\n"))
        file.write("]}\n")


def _run(env: dict[str, str], *args: str, quiet: bool = False) -> None:
    out = subprocess.DEVNULL if quiet else None
    subprocess.run([sys.executable, *args], env=env, check=True, stdout=out)
