"""A small office with a home and a folder of exports, as real CSV files."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from qingfeng.screening.home import Home
from qingfeng.screening.intake.account import Intake, SheetAccount
from qingfeng.screening.intake.load import import_inputs
from qingfeng.screening.lake import Lake
from qingfeng.screening.progress import Silent

UNITS = [
    "单位编码,单位名称,简称,别名,统一社会信用代码",
    "U1,清河区城市管理局,区城管局,城管局机关、清河城管,91X1",
    "U2,清河区水利局,,,91X2",
]
VEHICLES = [
    "车牌号,单位,车辆用途,油箱容积",
    "苏M12345,区城管局,一般公务,60",
    "苏M22222,清河区水利局,一般公务,50",
]
PEOPLE = [
    "姓名,身份证号,单位,职务,人员状态",
    "张三,320101199001011234,区城管局,科长,在职",
    "李四,,清河区水利局,科员,在职",
]
FUEL = "交易流水号,车牌号,交易时间,油品,数量,金额,加油站"
LINES = (
    "发票号码,销方名称,购买方名称,开票日期,税收分类编码,"
    "货物或应税劳务名称,规格型号,数量,单价,金额,税率,税额,价税合计"
)


class Office:
    """A home, its lake and a folder of exports."""

    def __init__(self, at: Path, name: str = "one") -> None:
        self.folder = at / name / "in"
        self.folder.mkdir(parents=True)
        self.home = Home(at / name / "home")
        self.lake = Lake(self.home)

    def put(self, name: str, lines: Sequence[str]) -> Path:
        """Write a file of lines, UTF-8."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return file

    def put_cells(self, name: str, rows: Sequence[Sequence[str]]) -> Path:
        """Write a CSV file whose cells may hold anything."""
        file = self.folder / name
        with file.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(rows)
        return file

    def take(self, *inputs: Path) -> Intake:
        """Import inputs, by default the whole folder."""
        return import_inputs(list(inputs) or [self.folder], self.home, self.lake, Silent())

    def rows(self, table: str, columns: str = "*") -> list[tuple[object, ...]]:
        """Return columns of a lake table, sorted by row."""
        snapshot = self.lake.snapshot()
        if table not in snapshot.tables():
            return []
        with duckdb.connect() as con:
            return con.execute(f"SELECT {columns} FROM {snapshot.relation(table)} ORDER BY row_id").fetchall()

    def texts_said_in_vain(self, table: str) -> dict[str, set[str]]:
        """Return text column to words of its dictionaries that no row of the table has."""
        snapshot = self.lake.snapshot()
        said: dict[str, set[str]] = {}
        for file in snapshot.files(table):
            for name, words in _dictionaries(Path(file)).items():
                said.setdefault(name, set()).update(words)
        has = {name: {word for (word,) in self.rows(table, name)} for name in said}
        return {name: words for name in said if (words := said[name] - has[name] - {""})}

    def bytes_of_home(self) -> bytes:
        """Return every file of the home, one after the other, with Parquet pages unpacked."""
        out = b""
        for file in sorted(self.home.root.rglob("*")):
            if file.is_file():
                out += file.read_bytes()
                if file.suffix == ".parquet":
                    with duckdb.connect() as con:
                        cells = con.execute(f"SELECT * FROM read_parquet('{file}')").fetchall()
                    out += repr(cells).encode() + repr(_dictionaries(file)).encode()
        return out


def sheet(intake: Intake, path: str) -> SheetAccount:
    """Return the account of one file's only sheet."""
    (found,) = [account for account in intake.sheets if account.path == path]
    return found


def _dictionaries(file: Path) -> dict[str, set[str]]:
    """Return the dictionaries of a Parquet file's text columns, which may name what no row has."""
    text = [field.name for field in pq.read_schema(file) if pa.types.is_string(field.type)]
    told = pq.ParquetFile(file, read_dictionary=text).read(columns=text)
    return {
        name: {word for chunk in told[name].chunks for word in chunk.dictionary.to_pylist()} for name in text
    }
