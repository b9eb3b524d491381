import pytest
from reading import CARD, HEADER, a_fill, given, only_sheet, opened, plan, staged

PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<style>td {}</style></head>
<body><table><tr><td>版权所有</td></tr></table>
<table border="1">
<tr><th colspan="5">清河区加油明细</th></tr>
<tr><th rowspan="2">卡号</th><th rowspan="2">车牌号</th><th colspan="3">加油信息</th></tr>
<tr><th>交易时间</th><th>加油站</th><th>金额</th></tr>
<tr><td style="vnd.ms-excel.numberformat:@">%s</td><td rowspan="2">苏M12345</td><td>2026-01-02 08:00:00</td>
<td>清河<br>加油站</td><td>300.00</td></tr>
<tr><td>6.22848E+18</td><td>2026-01-03 08:00:00</td><td>&nbsp;</td><td>1,200.50</td></tr>
</table></body></html>"""


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_an_html_table_named_xls_is_read_in_every_encoding(tmp_path, encoding):
    given(tmp_path, "加油.xls", (PAGE % CARD).encode(encoding))

    sheet = only_sheet(tmp_path)
    _, rows = staged(sheet, tmp_path, plan(3))

    shown = dict(sheet.preview)
    assert shown[1] == ("清河区加油明细",) * 5
    assert shown[2] == ("卡号", "车牌号", "加油信息", "加油信息", "加油信息")
    assert shown[3] == HEADER
    assert [(row["row_no"], row["plate"], row["amount"]) for row in rows] == [
        (4, "苏M12345", "300.00"),
        (5, "苏M12345", "1,200.50"),
    ]
    assert [row["card_flag"] for row in rows] == [None, "digits_lost"]
    assert [row["station"] for row in rows] == ["清河 加油站", None]


def test_a_table_inside_a_layout_table_is_the_sheet(tmp_path):
    inner = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in (HEADER, a_fill(0))
    )
    page = f"<html><table><tr><td>menu</td><td><table>{inner}</table></td></tr></table></html>"
    given(tmp_path, "a.xls", page.encode())

    _, rows = staged(only_sheet(tmp_path), tmp_path)

    assert [row["plate"] for row in rows] == ["苏M12345"]


def test_several_tables_of_a_page_are_sheets_of_their_own(tmp_path):
    table = "<table>" + "<tr><td>a</td><td>b</td></tr>" * 3 + "</table>"
    given(tmp_path, "a.html", f"<html><body>{table}{table}</body></html>".encode())

    assert [sheet.sheet for sheet in opened(tmp_path).sheets] == ["table 1", "table 2"]


def test_a_page_without_a_table_is_refused(tmp_path):
    given(tmp_path, "a.xls", b"<html><body>please sign in</body></html>")

    assert opened(tmp_path).refused[0].what == "The page has no table."


def test_spreadsheet_xml_of_2003_is_read(tmp_path):
    def cells(row: tuple[str, ...]) -> str:
        return "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row)

    space = "urn:schemas-microsoft-com:office:spreadsheet"
    book = f"""<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="加油"><Table>
<Row><Cell ss:MergeAcross="4"><Data ss:Type="String">清河区加油明细</Data></Cell></Row>
<Row>{cells(HEADER)}</Row>
<Row ss:Index="4"><Cell ss:Index="2"><Data ss:Type="String">苏M12345</Data></Cell>
<Cell><Data ss:Type="DateTime">2026-01-02T08:00:00.000</Data></Cell>
<Cell ss:Index="5"><Data ss:Type="Number">300</Data></Cell></Row></Table></Worksheet></Workbook>"""
    given(tmp_path, "a.xls", book.encode())

    sheet = only_sheet(tmp_path)
    _, rows = staged(sheet, tmp_path, plan(2))

    assert sheet.sheet == "加油"
    assert [(row["row_no"], row["plate"], row["ts"], row["amount"]) for row in rows] == [
        (4, "苏M12345", "2026-01-02 08:00:00", "300")
    ]
