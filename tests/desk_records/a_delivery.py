"""Builders of this room's tests: small exports, an analyst who delivers them, a worker who does the jobs."""

import io
import os
import signal
from pathlib import Path

import duckdb
from django.test import Client

UNITS = (
    "单位编码,单位名称,简称,别名,是否监督单位\n"
    "U1,云水区城市管理局,区城管局,,是\n"
    "U2,云水区水利局,区水利局,,是\n"
)
VEHICLES = "车牌号,单位,车辆用途,油箱容积\n苏M12345,区城管局,一般公务,60\n苏M22222,区水利局,一般公务,50\n"
FUEL_HEAD = "交易流水号,车牌号,单位,交易时间,油品,数量,金额,加油站\n"
FUEL = (
    FUEL_HEAD + "A1,苏M12345,区城管局,2026-10-03 12:01:00,92#汽油,87.00,612.00,云水一站\n"
    "A2,苏M12345,区城管局,2026-10-09 08:30:00,92#汽油,40.00,300.00,云水一站\n"
    "A3,苏M22222,水利局机关,2026-10-11 09:00:00,92#汽油,30.00,221.00,云水二站\n"
    "A4,苏M22222,区水利局,不是日期,92#汽油,20.00,150.00,云水二站\n"
)
FILES = {"名册/单位.csv": UNITS, "名册/车辆.csv": VEHICLES, "加油明细/2026-10.csv": FUEL}


def many_fills(count):
    """A fuel export of so many fills of many vehicles."""
    lines = (
        f"B{n},苏M{20000 + n % 6000},区城管局,"
        f"2026-{1 + n % 9:02d}-{1 + n % 28:02d} 10:{n % 60:02d}:{n // 60 % 60:02d},"
        f"92#汽油,{20 + n % 30}.00,{150 + n % 90}.00,云水一站\n"
        for n in range(count)
    )
    return FUEL_HEAD + "".join(lines)


class Records:
    """The sample office, its analyst, and a home."""

    def __init__(self, office, home):
        self.office, self.home = office, home
        self.analyst = office.accounts["analyst"].person

    def browser(self, name="analyst"):
        """Somebody signed in."""
        client = Client()
        client.force_login(self.office.accounts[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    def delivery(self, files=None, **options):
        """A delivery that is being received, with its files whole."""
        from qingfeng.findings import deliveries

        begun = deliveries.begin("加油公司10月", by=self.analyst, **options)
        for path, text in (FILES if files is None else files).items():
            self.send(begun, path, text.encode())
        return begun

    def send(self, delivery, path, content):
        """Announce a file and send it in one piece."""
        from qingfeng.findings import deliveries

        file = deliveries.announce(delivery, path, len(content), by=self.analyst)
        deliveries.take_piece(file, io.BytesIO(content), deliveries.Piece(0, len(content)))
        return file

    def looked_at(self, files=None, **options):
        """A delivery whose files were looked at."""
        from qingfeng.findings import deliveries

        delivery = self.delivery(files, **options)
        deliveries.finish(delivery, by=self.analyst)
        self.work()
        delivery.refresh_from_db()
        return delivery

    def brought_in(self, files=None, **options):
        """A delivery that has come in."""
        from qingfeng.findings import deliveries

        delivery = self.looked_at(files, **options)
        deliveries.bring_in(delivery, by=self.analyst)
        self.work()
        delivery.refresh_from_db()
        return delivery

    def work(self, each_second=lambda: None):
        """Do every job that waits; `each_second` is called while one is at work."""
        from qingfeng.findings.running import run_next

        def is_stopped():
            each_second()
            return False

        while run_next(is_stopped=is_stopped):
            pass

    def lake(self):
        """The lake of the home."""
        from qingfeng.screening.home import Home
        from qingfeng.screening.lake import Lake

        return Lake(Home(self.home))

    def rows(self, table, columns="*"):
        """Columns of a lake table, sorted by row."""
        snapshot = self.lake().snapshot()
        if table not in snapshot.tables():
            return []
        with duckdb.connect() as con:
            return con.execute(f"SELECT {columns} FROM {snapshot.relation(table)} ORDER BY row_id").fetchall()


def kill_the_work():
    """Kill the processes that do jobs for this one, as the system does when memory is short."""
    for task in Path(f"/proc/{os.getpid()}/task").iterdir():
        for pid in (task / "children").read_text().split():
            if b"qingfeng.findings.working" in Path(f"/proc/{pid}/cmdline").read_bytes():
                os.kill(int(pid), signal.SIGKILL)


def noted(kind):
    """Entries of the journal of one kind, as they were written."""
    from qingfeng.journal.models import JournalEntry

    return [one for one in JournalEntry.objects.order_by("pk") if one.kind == kind]
