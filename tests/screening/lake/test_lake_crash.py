"""The process is killed in the middle of an import, at every kind of point."""

import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from lake_rows import add_fuel, read

from qingfeng.screening.home import Home
from qingfeng.screening.lake import Lake

# The child counts what the interpreter tells its auditors (files opened, renamed, synced,
# databases connected) and kills itself at the n-th event below the home, as power would.
CHILD = textwrap.dedent("""
    import os, signal, sys
    from pathlib import Path
    sys.path.insert(0, sys.argv[3])
    from lake_rows import add_fuel
    from qingfeng.screening.home import Home
    from qingfeng.screening.lake import Lake
    lake, left = Lake(Home(Path(sys.argv[1]))), int(sys.argv[2])
    def count(event, args):
        global left
        if event in ("open", "os.rename", "os.remove", "os.mkdir", "sqlite3.connect", "shutil.rmtree"):
            if any(sys.argv[1] in str(arg) for arg in args):
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(count)
    add_fuel(lake, month="2026-02", rows=40)
    print("arrived")
""")


def run_until(root, event):
    command = [sys.executable, "-c", CHILD, str(root), str(event), str(Path(__file__).parent)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("event", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17, 20])
def test_a_killed_import_leaves_the_last_snapshot_and_can_be_repeated(tmp_path, event):
    root = tmp_path / "home"
    add_fuel(Lake(Home(root)), month="2026-01", rows=10)

    died = run_until(root, event)

    if died.returncode == 0:
        assert event > 15, "the import has so few points that the test no longer reaches its middle"
        pytest.skip("the import was over before this point")
    assert died.returncode == -signal.SIGKILL
    lake = Lake(Home(root))
    arrived = lake.snapshot().id == "2"
    assert read(lake.snapshot(), "SELECT count(*) FROM {fuel}") == [(50 if arrived else 10,)]
    if not arrived:
        add_fuel(lake, month="2026-02", rows=40)
    assert read(lake.snapshot(), "SELECT count(*), count(DISTINCT row_id) FROM {fuel}") == [(50, 50)]
    lake.home.sweep()
    named = {Path(file) for number in ("1", "2") for file in lake.snapshot(number).files("fuel")}
    with lake.batch() as batch, batch.turn():
        assert set(root.rglob("*.parquet")) == named, "a file that no snapshot names was left behind"
