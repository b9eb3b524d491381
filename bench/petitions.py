"""Old petitions taken over from a workbook, looked at for those that say nearly the same, withdrawn.

    python -m bench.petitions --rows 100000 [--postgres]

Each step is told with its processor time (this process, and the database's beside it) and the peak memory of
this process: on a machine that others use too, wall time says little. Nothing of it is a person's.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date, timedelta
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
PLACES = (
    "云川小区",
    "河东新村",
    "柳溪镇政府",
    "南山中学",
    "北关菜场",
    "城西泵站",
    "石桥村",
    "滨河路",
    "东风厂宿舍",
    "翠屏社区",
)
THINGS = (
    "供水管网",
    "物业服务费",
    "征地补偿款",
    "拖欠工资",
    "道路积水",
    "噪声扰民",
    "低保评定",
    "宅基地审批",
    "校车线路",
    "电梯维修",
)
WHAT = (
    "多次报修无人处理",
    "三年没有答复",
    "收费标准没有公示",
    "承诺的时限已过",
    "金额与告知不一致",
    "无人到场核实",
)
WANTS = ("请求查明原因并书面答复", "请求退还多收的费用", "请求按规定补发", "请求公开评定结果", "请求限期修复")
LOOKUPS = 25
FIRST_DAY = date(2012, 1, 4)


def main() -> None:
    """Measure every step once."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--postgres", action="store_true")
    told = parser.parse_args()
    home = DATA / f"petitions-{'postgres' if told.postgres else 'sqlite'}-{told.rows}"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    os.environ["QINGFENG_HOME"] = str(home)
    from bench.site import SETTINGS, served  # noqa: PLC0415 - after the home is named

    with served(home, SETTINGS) if told.postgres else nullcontext():
        _measure(told.rows)
    shutil.rmtree(home, ignore_errors=True)


def _measure(rows: int) -> None:
    import django  # noqa: PLC0415

    os.environ["DJANGO_SETTINGS_MODULE"] = "qingfeng.project.settings"
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from qingfeng.mechanisms.cast import PEOPLE  # noqa: PLC0415
    from qingfeng.organization.sample import make_sample_office  # noqa: PLC0415
    from qingfeng.organization.viewer import viewer_for  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    office = make_sample_office()
    viewer = viewer_for(office.people[PEOPLE["petition_registrar"]])
    file = Path(os.environ["QINGFENG_HOME"]) / "old.xlsx"
    with step("workbook written"):
        _workbook(file, rows)
    batch = _take_over(file, viewer)
    _look(viewer)
    from qingfeng.matters import takeover  # noqa: PLC0415

    with step("withdrawn"):
        answer = takeover.withdraw_many(batch, by=viewer, reason="核对后重新接管。", step=_silent)
    if not isinstance(answer, tuple) or answer[1]:
        sys.exit(f"not withdrawn: {answer}")


def _silent(_done: int) -> None:
    return None


def _take_over(file: Path, viewer: Any) -> Any:
    from qingfeng.matters import takeover  # noqa: PLC0415
    from qingfeng.matters.takeover import Row  # noqa: PLC0415

    with step("read and checked"), file.open("rb") as held:
        found = [isinstance(one, Row) or str(one) for one in takeover.stream("petition", held)]
    wrong = [one for one in found if one is not True]
    if wrong:
        sys.exit(f"{len(wrong)} rejected: {wrong[0]}")
    batch = takeover.begin_batch("petition", by=viewer, file_name=file.name, sha256="0" * 64, rejects=())
    with step("written"), file.open("rb") as held:
        done = takeover.write_many(batch, takeover.stream("petition", held), by=viewer, step=_silent)
    print(f"{done:,} petitions")
    return batch


def _look(viewer: Any) -> None:
    from qingfeng.desk.petitions import alike  # noqa: PLC0415
    from qingfeng.matters.models import Matter  # noqa: PLC0415

    with step("signs kept"):
        while alike.keep_up():
            pass
    keys = list(Matter.objects.filter(mechanism="petition").order_by("pk").values_list("pk", flat=True))
    some = random.Random(7).sample(keys, min(LOOKUPS, len(keys)))  # noqa: S311 - a draw of a benchmark
    took, found, busy = [], 0, time.process_time()
    for matter in Matter.objects.filter(pk__in=some):
        began = time.perf_counter()
        found += len(alike.like(viewer, matter))
        took.append(time.perf_counter() - began)
    took.sort()
    middle, slowest = (1000 * one for one in (took[len(took) // 2], took[-1]))
    print(f"lookup: median {middle:.0f} ms, slowest {slowest:.0f} ms of wall time; {found} found", flush=True)
    print(f"lookup: {1000 * (time.process_time() - busy) / len(took):.0f} ms of a processor each", flush=True)


@contextmanager
def step(name: str) -> Iterator[None]:
    """Tell what a step cost."""
    own, beside = time.process_time(), _database()
    yield
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    said = f"{name}: {time.process_time() - own:.1f} s of a processor"
    said += f", {_database() - beside:.1f} s of the database's" if os.environ.get("DATABASE_URL") else ""
    print(f"{said}, peak {peak:.0f} MiB", flush=True)


def _database() -> float:
    """Return the processor seconds of the connection's own process of PostgreSQL; 0 without one."""
    if not os.environ.get("DATABASE_URL"):
        return 0.0
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text(encoding="ascii")
    user, system = stat.rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _workbook(file: Path, rows: int) -> None:
    """Write a workbook as the template has it."""
    from openpyxl import Workbook  # noqa: PLC0415

    from qingfeng.matters.registry import mechanism  # noqa: PLC0415
    from qingfeng.matters.takeover_sheet import MAIN, columns_of  # noqa: PLC0415

    keys, draw = list(columns_of(mechanism("petition"))), random.Random(5)  # noqa: S311 - a draw
    book = Workbook(write_only=True)
    sheet = book.create_sheet(MAIN)
    sheet.append([f"x [{key}]" for key in keys])
    for no in range(rows):
        cells = _petition(no, draw)
        sheet.append([cells.get(key) for key in keys])
    book.save(file)


def _petition(no: int, draw: random.Random) -> dict[str, Any]:
    place, thing, what, wants = (draw.choice(some) for some in (PLACES, THINGS, WHAT, WANTS))
    on = FIRST_DAY + timedelta(days=no % 4800)
    said = f"{place}{draw.randint(1, 40)}栋住户反映{thing}问题：{what}，已持续{draw.randint(2, 60)}个月。"
    return {
        "number": f"旧信〔{on.year}〕{no}号",
        "title": f"{place}{thing}{what}",
        "owner": "信访室",
        "stage": "销号",
        "opened_on": on,
        "since": on + timedelta(days=50),
        "line": "demand",
        "line_why": "旧系统登记为申诉求决。",
        "way": "letter",
        "received_on": on,
        "area": "grassroots",
        "topic": "housing",
        "level": "district",
        "summary": said,
        "demand": f"{said}{wants}，并说明责任单位和办理时限。编号{draw.randrange(10**6)}。",
        "can_be_told": "yes",
        "from_above": "no",
        "supported": draw.choice(("all", "part", "no")),
    }


if __name__ == "__main__":
    main()
