"""What careless people and broken disks give: words, the right exit code, nothing half-written."""

import fcntl
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import psycopg
import pytest
from django.db import OperationalError
from openpyxl import Workbook

from qingfeng.project import cli

COMMAND = str(Path(sys.executable).with_name("qingfeng"))
ONE_RULE = ("--only", "fuel_over_tank_single")  # where what is read is asked about, not what is found
OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def words(done):
    """Return what a person reads, and hold that it is no traceback."""
    assert "Traceback" not in done.stderr + done.stdout
    return done.stderr + done.stdout


def workbook(path):
    book = Workbook()
    book.active.append(["车牌号", "单位名称", "油箱容积"])
    book.active.append(["苏M12345", "区城管局", 60])
    book.save(path)


def test_an_empty_folder_is_said_to_have_no_table(say, tmp_path):
    (tmp_path / "空").mkdir()

    done = say("screen", "空", "--out", "leads.jsonl")

    assert done.returncode == 1
    assert "There is no file among the inputs" in words(done)
    assert not (tmp_path / "leads.jsonl").exists()


def truncated_xlsx(path):
    workbook(path)
    path.write_bytes(path.read_bytes()[:-900])


def truncated_zip(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("加油明细.csv", "交易时间,金额\n" * 5000)
    path.write_bytes(path.read_bytes()[:200])


def bomb(path):
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("加油明细.csv", "w") as member,
    ):
        for _ in range(300):
            member.write(b"0" * (1 << 20))


def encrypted(path):
    """Write the least container that says it is encrypted: header, one FAT and one directory sector."""
    header = bytearray(512)
    header[:8] = OLE
    header[30:32] = (9).to_bytes(2, "little")
    for place, value in ((44, 1), (48, 1), (76, 0)):
        header[place : place + 4] = value.to_bytes(4, "little")
    header[80:] = b"\xff" * 432
    fat = (0xFFFFFFFD).to_bytes(4, "little") + (0xFFFFFFFE).to_bytes(4, "little") + b"\xff" * 504
    directory = b""
    for name in ("Root Entry", "EncryptionInfo", "EncryptedPackage"):
        spelt = (name + "\0").encode("utf-16-le")
        directory += spelt.ljust(64, b"\0") + len(spelt).to_bytes(2, "little") + b"\0" * 62
    path.write_bytes(bytes(header) + fat + directory.ljust(512, b"\0"))


@pytest.mark.parametrize(
    ("name", "make", "said"),
    [
        ("加油.xlsx", truncated_xlsx, "加油.xlsx"),
        ("加油.zip", truncated_zip, "加油.zip"),
        ("炸弹.zip", bomb, "炸弹.zip"),
        ("加密.xlsx", encrypted, "password"),
        ("空.csv", lambda path: path.write_bytes(b""), "空.csv"),
        ("图.csv", lambda path: path.write_bytes(os.urandom(5000)), "图.csv"),
        ("乱码.csv", lambda path: path.write_text("�����,���\n1,2\n", encoding="utf-8"), "乱码.csv"),
        ("无关.csv", lambda path: path.write_text("苹果,梨\n1,2\n", encoding="utf-8"), "无关.csv"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_the_others_come_in(say, exports, tmp_path, name, make, said):
    make(exports / name)

    done = say("screen", exports, "--out", "leads.jsonl", *ONE_RULE)

    assert done.returncode == 0, words(done)
    assert said in words(done)
    assert "kept 5" in done.stdout
    assert (tmp_path / "leads.jsonl").read_text(encoding="utf-8").count("\n") == 1


@pytest.mark.parametrize("make", [truncated_xlsx, truncated_zip, bomb, encrypted])
def test_alone_it_is_a_failure_that_changes_nothing(say, tmp_path, make):
    make(tmp_path / "坏.xlsx")

    done = say("screen", "坏.xlsx", "--out", "leads.jsonl")

    assert done.returncode == 1
    assert "坏.xlsx" in words(done)
    assert not (tmp_path / "leads.jsonl").exists()
    assert list((tmp_path / "home").rglob("*.parquet")) == []


def test_ten_gigabytes_in_one_line_are_refused_quickly_and_in_little_memory(say, exports, tmp_path):
    with (exports / "巨大.csv").open("wb") as file:
        file.write("交易时间,金额,加油站,".encode())
        file.truncate(10 << 30)

    done = say(
        "screen", exports, "--out", "leads.jsonl", *ONE_RULE,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (12 << 30, 12 << 30)),
    )  # fmt: skip

    assert done.returncode == 0, words(done)
    assert "巨大.csv" in words(done)
    assert "kept 5" in done.stdout
    (exports / "巨大.csv").unlink()


def test_a_column_of_mixed_types_keeps_the_rows_it_can_read(say, exports, tmp_path):
    (exports / "更多.csv").write_text(
        "交易流水号,车牌号,交易时间,交易类型,油品,数量(升),金额(元),加油站\n"
        "U1,苏M12345,2026-04-01 08:00:00,加油,92号汽油,40,300,云川第一加油站\n"
        "U2,苏M12345,2026-04-09 08:00:00,加油,92号汽油,四十,300,云川第一加油站\n"
        "U3,苏M12345,2026-04-19 08:00:00,加油,92号汽油,待查,300,云川第一加油站\n",
        encoding="utf-8",
    )

    done = say("screen", exports, "--out", "leads.jsonl", "--rejects", "rejects.csv", *ONE_RULE)

    assert done.returncode == 0, words(done)
    rejected = (tmp_path / "rejects.csv").read_text(encoding="utf-8-sig")
    assert "待查" in rejected
    assert "更多.csv" in rejected


def test_a_rule_with_a_mistake_is_told_with_file_and_line_before_anything_is_read(say, exports, tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules/bad_rule.sql").write_text("/*\ntitle = \n*/\nSELECT 1", encoding="utf-8")

    done = say("screen", exports, "--out", "leads.jsonl", "--rules", "rules")

    assert done.returncode in (1, 2)
    assert "bad_rule.sql:2" in words(done)
    assert not (tmp_path / "leads.jsonl").exists()
    assert list((tmp_path / "home").rglob("*.parquet")) == []


def big_export(folder, rows=60_000):
    lines = ["交易流水号,车牌号,交易时间,交易类型,油品,数量(升),单价,金额(元),加油站"]
    lines += [
        f"B{n},苏M12345,2026-0{n % 9 + 1}-1{n % 9} 12:{n % 60:02d}:00,加油,92号汽油,"
        f"{30 + n % 20}.{n % 97:02d},7.03,{200 + n % 1000}.{n % 89:02d},云川第{n % 77}加油站"
        for n in range(rows)
    ]
    (folder / "大.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.mark.parametrize("most_bytes", [3_000, 60_000, 400_000])
def test_a_full_disk_is_said_and_leaves_the_last_good_snapshot(say, exports, screened, tmp_path, most_bytes):
    shutil.copytree(screened[0] / "home", tmp_path / "home")
    shutil.copy(screened[0] / "leads.jsonl", tmp_path)
    before = (tmp_path / "leads.jsonl").read_bytes()
    big_export(exports)

    done = say(
        "screen", exports, "--out", "leads.jsonl",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes)),
    )  # fmt: skip

    assert done.returncode == 1, words(done)
    assert "Nothing was changed" in words(done) or "space" in words(done)
    assert (tmp_path / "leads.jsonl").read_bytes() == before
    again = say("screen", exports, "--out", "leads.jsonl", *ONE_RULE)
    assert again.returncode == 0, words(again)
    assert "kept 60,000" in again.stdout


def test_ctrl_c_stops_at_once_and_the_same_can_be_said_again(exports, tmp_path, say):
    big_export(exports, rows=400_000)
    command = [COMMAND, "screen", str(exports), "--out", "leads.jsonl", "--home", str(tmp_path / "home")]

    running = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    staged = tmp_path / "home/staging"
    while running.poll() is None and not (staged.exists() and any(staged.iterdir())):
        time.sleep(0.02)  # however long it takes to begin
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=300)

    assert running.returncode == 1, out + err
    assert "Traceback" not in err
    assert "Stopped at your wish" in err
    assert not (tmp_path / "leads.jsonl").exists()
    again = say("screen", exports, "--out", "leads.jsonl", *ONE_RULE)
    assert again.returncode == 0, words(again)
    assert "kept 400,0" in again.stdout


def test_a_home_that_cannot_be_written_is_said(say, exports, tmp_path):
    (tmp_path / "home").write_text("a file where the home should be", encoding="utf-8")

    done = say("screen", exports, "--out", "leads.jsonl")

    assert done.returncode == 1
    assert "home" in words(done)


def test_two_demonstrations_are_not_built_in_one_home(tmp_path, capsys):
    with (tmp_path / "demo.lock").open("w") as first:
        fcntl.flock(first, fcntl.LOCK_EX)

        left = cli.run(["demo", "--no-serve", "--home", str(tmp_path)])

    assert left == 1
    assert "Another process is building the demonstration there." in capsys.readouterr().err
    assert not (tmp_path / "demo").exists()


def test_a_demonstration_where_nothing_can_be_written_is_told(tmp_path, capsys):
    (tmp_path / "file").write_text("", encoding="utf-8")

    left = cli.run(["demo", "--no-serve", "--home", str(tmp_path / "file" / "home")])

    assert left == 1
    assert capsys.readouterr().err.startswith("The home cannot be written")


def test_a_database_that_gives_no_answer_is_told(tmp_path, capsys):
    with pytest.raises(OperationalError) as caught:
        raise OperationalError("password of nobody") from psycopg.OperationalError("connection refused")

    left = cli._unexpected(caught.value, tmp_path)

    assert left == 1
    told = capsys.readouterr().err
    assert told.startswith("The database cannot be reached")
    assert "nobody" not in told
    assert not any(tmp_path.iterdir())
