"""The command as a person says it: a process of its own, a home of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = str(Path(sys.executable).with_name("qingfeng"))


def saying(place):
    """Return what runs `qingfeng …` in a folder, with a home below it."""

    def run(*arguments, home="home", timeout=300, **others):
        command = [COMMAND, *map(str, arguments), "--home", str(place / home)]
        return subprocess.run(
            command, capture_output=True, text=True, timeout=timeout, check=False, cwd=place, **others
        )

    return run


def exported(place):
    """Return a small folder of exports in which one fill does not fit its tank."""
    folder = place / "导出"
    folder.mkdir()
    (folder / "车辆登记.csv").write_text(
        "车牌号,单位名称,车辆用途,燃油类型,油箱容积(L),车辆状态\n"
        "苏M12345,区城管局,一般公务,汽油,60,在用\n"
        "苏M23456,区水利局,一般公务,汽油,55,在用\n",
        encoding="utf-8",
    )
    (folder / "加油明细.csv").write_text(
        "交易流水号,车牌号,交易时间,交易类型,油品,数量(升),单价,金额(元),加油站\n"
        "T1,苏M12345,2026-03-03 12:01:00,加油,92号汽油,87.00,7.03,612.00,云川第一加油站\n"
        "T2,苏M12345,2026-03-17 09:30:00,加油,92号汽油,45.00,7.03,316.35,云川第一加油站\n"
        "T3,苏M23456,2026-03-04 10:12:00,加油,92号汽油,40.00,7.03,281.20,云川第二加油站\n",
        encoding="utf-8",
    )
    return folder


@pytest.fixture
def say(tmp_path):
    """Run `qingfeng …` with a home below the test's folder."""
    return saying(tmp_path)


@pytest.fixture
def exports(tmp_path):
    """A small folder of exports in which one fill does not fit its tank."""
    return exported(tmp_path)


@pytest.fixture(scope="module")
def screened(tmp_path_factory):
    """The folder in which such exports were screened, and what was said; asked only, never written to."""
    place = tmp_path_factory.mktemp("screened")
    done = saying(place)("screen", exported(place), "--out", "leads.jsonl", "--report", "report.html")
    assert done.returncode == 0, done.stderr
    return place, done
