import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from reading import given, only_sheet, opened, staged

from qingfeng.screening.intake.sheet import RawSheet, StagePlan
from qingfeng.screening.intake.sources import open_sources

REAL = Path(__file__).parents[3] / "../shared/data/invoices"

DIGITAL = """<?xml version="1.0" encoding="UTF-8"?>
<EInvoice><Header><EIid>26327000000000012345</EIid><InherentLabel>
<EInvoiceType><LabelCode>01</LabelCode><LabelName>电子发票</LabelName></EInvoiceType>
<GeneralOrSpecialVAT><LabelCode>02</LabelCode><LabelName>普通发票</LabelName></GeneralOrSpecialVAT>
</InherentLabel></Header>
<EInvoiceData><SellerInformation><SellerIdNum>91320000000000001A</SellerIdNum>
<SellerName>云川市清风餐饮有限公司</SellerName></SellerInformation>
<BuyerInformation><BuyerIdNum>11320000000000002B</BuyerIdNum><BuyerName>云川市清河区城市管理局</BuyerName>
</BuyerInformation>
<BasicInformation><TotalAmWithoutTax>300.00</TotalAmWithoutTax><TotalTaxAm>18.00</TotalTaxAm>
<TotalTax-includedAmount>318.00</TotalTax-includedAmount><Drawer>王小明</Drawer>
<RequestTime>2026-09-01 10:11:12</RequestTime></BasicInformation>
<IssuItemInformation><ItemName>*餐饮服务*餐费</ItemName><Quantity>2</Quantity><UnPrice>100</UnPrice>
<Amount>200.00</Amount><TaxRate>0.06</TaxRate><ComTaxAm>12.00</ComTaxAm></IssuItemInformation>
<IssuItemInformation><ItemName>*酒*白酒</ItemName><SpecMod>500ml</SpecMod><MeaUnits>瓶</MeaUnits>
<Quantity>1</Quantity><UnPrice>100</UnPrice><Amount>100.00</Amount><TaxRate>0.06</TaxRate>
<ComTaxAm>6.00</ComTaxAm></IssuItemInformation>
<AdditionalInformation><Remark>公务接待</Remark></AdditionalInformation></EInvoiceData>
<TaxSupervisionInfo><InvoiceNumber>26327000000000012345</InvoiceNumber><IssueTime>2026-09-01</IssueTime>
</TaxSupervisionInfo></EInvoice>"""

CUSTOM = """<?xml version="1.0" encoding="UTF-8"?><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016">
<ofd:DocBody><ofd:DocInfo><ofd:CustomDatas>
<ofd:CustomData Name="价税合计">106.00</ofd:CustomData>
<ofd:CustomData Name="发票代码">032001700111</ofd:CustomData>
<ofd:CustomData Name="发票号码">12345678</ofd:CustomData>
<ofd:CustomData Name="合计金额">100.00</ofd:CustomData>
<ofd:CustomData Name="合计税额">6.00</ofd:CustomData>
<ofd:CustomData Name="开票日期">2026年09月01日</ofd:CustomData>
<ofd:CustomData Name="购买方名称">云川市清河区城市管理局</ofd:CustomData>
<ofd:CustomData Name="销售方名称">云川市清风餐饮有限公司</ofd:CustomData>
<ofd:CustomData Name="销售方纳税人识别号">91320000000000001A</ofd:CustomData></ofd:CustomDatas></ofd:DocInfo>
</ofd:DocBody></ofd:OFD>"""


def an_ofd(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("OFD.xml", CUSTOM)
        for name, text in parts.items():
            packed.writestr(name.replace("__", "/") + ".xml", text)
    return out.getvalue()


def lines(sheet: RawSheet) -> list[dict[str, str]]:
    (_, header), *rows = sheet.preview
    return [dict(zip(header, row, strict=True)) for _, row in rows]


def test_a_fully_digital_invoice_is_one_row_a_line(tmp_path):
    given(tmp_path, "a.xml", DIGITAL.encode())

    sheet = only_sheet(tmp_path)
    first, second = lines(sheet)

    assert sheet.table == "invoice"
    assert [row for row, _ in sheet.preview] == [0, 1, 2]
    assert (first["数电票号码"], first["发票代码"], first["发票号码"]) == ("26327000000000012345", "", "")
    assert (first["开票日期"], first["开票人"], first["备注"]) == ("2026-09-01", "王小明", "公务接待")
    assert (first["销方名称"], first["购买方名称"]) == ("云川市清风餐饮有限公司", "云川市清河区城市管理局")
    assert (first["销方识别号"], first["购方识别号"]) == ("91320000000000001A", "11320000000000002B")
    assert (first["金额"], first["税额"], first["价税合计"]) == ("300.00", "18.00", "318.00")
    assert first["发票票种"] == "电子发票普通发票"
    assert (second["序号"], second["货物或应税劳务名称"], second["规格型号"]) == ("2", "*酒*白酒", "500ml")
    assert (second["明细_金额"], second["明细_税额"], second["税率"]) == ("100.00", "6.00", "0.06")


def test_an_invoice_is_staged_like_any_sheet(tmp_path):
    given(tmp_path, "a.xml", DIGITAL.encode())
    sheet = only_sheet(tmp_path)
    header = sheet.preview[0][1]
    columns = {header.index("数电票号码"): "e_no", header.index("明细_金额"): "invoice_line.amount"}

    _, rows = staged(sheet, tmp_path, StagePlan(0, 0, columns, {}, {at: header[at] for at in columns}))

    assert [(row["row_no"], row["e_no"], row["invoice_line.amount"]) for row in rows] == [
        (1, "26327000000000012345", "200.00"),
        (2, "26327000000000012345", "100.00"),
    ]


def test_an_ofd_of_2017_is_read_from_its_custom_data(tmp_path):
    given(
        tmp_path,
        "a.ofd",
        an_ofd(Doc_0__Pages__Page_0__Content="<layout/>", Doc_0__Signs__Signatures="<broken"),
    )

    (line,) = lines(only_sheet(tmp_path))

    told = (line["发票代码"], line["发票号码"], line["开票日期"])
    assert told == (
        "032001700111",
        "12345678",
        "2026年09月01日",
    )
    assert (line["金额"], line["税额"], line["价税合计"]) == ("100.00", "6.00", "106.00")
    assert line["序号"] == ""


def test_an_ofd_with_a_digital_invoice_attached_takes_its_lines(tmp_path):
    given(tmp_path, "a.ofd", an_ofd(Doc_0__Attachs__invoice=DIGITAL))

    first, second = lines(only_sheet(tmp_path))

    assert first["价税合计"] == "318.00"
    assert second["明细_金额"] == "100.00"


def test_an_ofd_that_is_no_invoice_is_refused(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("OFD.xml", "<OFD><DocBody/></OFD>")
    given(tmp_path, "a.ofd", out.getvalue())

    assert "no whole invoice" in opened(tmp_path).refused[0].what


def test_an_invoice_that_breaks_off_is_refused(tmp_path):
    given(tmp_path, "a.xml", DIGITAL[:900].encode())

    assert "breaks off" in opened(tmp_path).refused[0].what


def test_an_xml_invoice_reads_no_other_file(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("should stay where it is")
    entity = f'<!DOCTYPE EInvoice [<!ENTITY leak SYSTEM "{secret.as_uri()}">]>'
    text = DIGITAL.replace("<EInvoice>", entity + "<EInvoice>", 1).replace("公务接待", "&leak;")
    given(tmp_path, "a.xml", text.encode())

    sources = opened(tmp_path)

    assert not any("should stay" in str(sheet.preview) for sheet in sources.sheets)


def repeated_data(file: Path) -> dict[str, str]:
    """Return what OFD.xml repeats of the invoice, beside its own XML among the attachments."""
    with zipfile.ZipFile(file) as packed:
        told = packed.read("OFD.xml").decode()
    return dict(re.findall(r'<ofd:CustomData Name="([^"]+)">([^<]*)<', told))


@pytest.mark.skipif(not REAL.exists(), reason="the shared data folder is not here")
@pytest.mark.parametrize(("name", "count"), [("999.ofd", 100), ("发票示例.ofd", 3)])
def test_a_real_ofd_gives_number_date_seller_buyer_amount_tax_and_total(tmp_path, name, count):
    (sheet,) = open_sources([REAL / name], tmp_path).sheets
    told = repeated_data(REAL / name)
    total, amount = Decimal(told["价税合计"]), Decimal(told["合计金额"])

    found = lines(sheet)[0]
    header = sheet.preview[0][1]
    column = {header.index("明细_金额"): "amount", header.index("明细_税额"): "tax"}
    _, rows = staged(sheet, tmp_path, StagePlan(0, 0, column, {}, {}))

    assert (found["发票代码"], found["发票号码"]) == (told["发票代码"], told["发票号码"])
    assert (found["开票日期"], found["销方名称"]) == (told["开票日期"], told["销售方名称"])
    assert (found["购买方名称"], found["销方识别号"]) == (told["购买方名称"], told["销售方纳税人识别号"])
    assert Decimal(found["金额"]) == amount == sum(Decimal(row["amount"]) for row in rows)
    assert Decimal(found["税额"]) == total - amount == sum(Decimal(row["tax"]) for row in rows)
    assert Decimal(found["价税合计"]) == total > 0
    assert [row["row_no"] for row in rows] == list(range(1, count + 1))
