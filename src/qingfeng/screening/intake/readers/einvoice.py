"""Electronic invoices: XML of the fully digital invoice (数电票), and OFD of 2017 and later.

An invoice becomes a sheet like the tax bureau's export at line level: one row a line
item, the invoice's own columns repeated. What belongs to a line and is called as on the
invoice has `明细_` before it: `明细_金额`, `明细_税额`. Its rows are numbered from 1, the
header is row 0. An invoice without lines is one row.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping

from lxml import etree

from qingfeng.screening.errors import Problem
from qingfeng.screening.intake.readers.grid import GridSheet
from qingfeng.screening.intake.sheet import PREVIEW_ROWS, SourceFile

LARGEST = 64 << 20  # bytes of an invoice's XML
AGAIN = "Ask the seller or the tax platform for the invoice again."

# Header, and the names of the XML elements that hold it: fully digital invoice, 2017-style OFD.
INVOICE = {
    "数电票号码": ("EIid", "InvoiceNumber"),
    "发票代码": ("InvoiceCode", "发票代码"),
    "发票号码": ("InvoiceNo", "发票号码"),
    "开票日期": ("IssueTime", "RequestTime", "IssueDate", "开票日期"),
    "销方名称": ("SellerName", "销售方名称"),
    "销方识别号": ("SellerIdNum", "SellerTaxID", "销售方纳税人识别号"),
    "购买方名称": ("BuyerName", "购买方名称"),
    "购方识别号": ("BuyerIdNum", "BuyerTaxID", "购买方纳税人识别号"),
    "金额": ("TotalAmWithoutTax", "TaxExclusiveTotalAmount", "合计金额"),
    "税额": ("TotalTaxAm", "TaxTotalAmount", "合计税额"),
    "价税合计": ("TotalTax-includedAmount", "TaxInclusiveTotalAmount", "价税合计"),
    "发票票种": ("InvoiceKind",),
    "开票人": ("Drawer", "InvoiceClerk", "开票人"),
    "备注": ("Remark", "Note", "备注"),
}
LINE = {
    "税收分类编码": ("TaxClassificationCode", "GoodsCode"),
    "货物或应税劳务名称": ("ItemName", "Item"),
    "规格型号": ("SpecMod", "Specification"),
    "单位": ("MeaUnits", "MeasurementDimension"),
    "数量": ("Quantity",),
    "单价": ("UnPrice", "Price"),
    "明细_金额": ("Amount",),
    "税率": ("TaxRate", "TaxScheme"),
    "明细_税额": ("ComTaxAm", "TaxAmount"),
}
KINDS = frozenset({"EInvoiceType", "GeneralOrSpecialVAT"})
LINES = frozenset({"IssuItemInformation", "GoodsInfo"})
HEADERS = (*INVOICE, "序号", *LINE)
NEEDED = ("开票日期", "销方名称", "价税合计")


def open_einvoice(source: SourceFile) -> tuple[GridSheet, ...]:
    """Return the one sheet of an XML invoice.

    Raises:
        Problem: If it is no whole invoice.
    """
    if source.size > LARGEST:
        raise Problem("The XML is too large for an invoice.", then=AGAIN)
    return _sheet(source, *_read(source.at.read_bytes()))


def open_ofd(source: SourceFile) -> tuple[GridSheet, ...]:
    """Return the one sheet of an OFD invoice; stamps and layout are not looked at.

    The invoice's own XML among the attachments is read first, then what OFD.xml
    repeats of it.

    Raises:
        Problem: If there is no invoice in it.
    """
    try:
        with zipfile.ZipFile(source.at) as archive:
            invoice: dict[str, str] = {}
            lines: list[dict[str, str]] = []
            for part in _attached(archive):
                told, items = _read(_part(archive, part))
                if len(items) > len(lines):
                    lines = items
                invoice = {**told, **{name: text for name, text in invoice.items() if text}}
            custom = {
                element.get("Name", ""): _text(element)
                for element in _parsed(_part(archive, "OFD.xml")).iter("{*}CustomData")
            }
    except (zipfile.BadZipFile, OSError, KeyError, RuntimeError) as error:
        raise Problem("The OFD breaks off or is damaged.", then=AGAIN) from error
    again = _picked(custom, INVOICE)
    merged = {header: invoice.get(header) or again[header] for header in INVOICE}
    return _sheet(source, merged, lines)


def _sheet(source: SourceFile, invoice: dict[str, str], lines: list[dict[str, str]]) -> tuple[GridSheet, ...]:
    missing = [header for header in NEEDED if not invoice[header]]
    if missing or not (invoice["数电票号码"] or invoice["发票号码"]):
        lacking = "、".join(missing or ["发票号码"])
        raise Problem(f"This is no whole invoice: {lacking} is not in it.", then=AGAIN)
    own = [invoice[header] for header in INVOICE]
    rows: list[tuple[int, tuple[str, ...]]] = [(0, HEADERS)]
    for number, line in enumerate(lines or [{}], 1):
        cells = [*own, str(number) if line else "", *(line.get(header, "") for header in LINE)]
        rows.append((number, tuple(cells)))
    preview = tuple(rows[:PREVIEW_ROWS])
    return (GridSheet(source, None, "", preview, lambda: iter(rows), table="invoice"),)


def _read(xml: bytes) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Return an invoice and its lines by header, from its XML."""
    root = _parsed(xml)
    items = [element for element in root.iter("*") if _name(element) in LINES]
    lines = [
        _picked({_name(child): _text(child) for child in item.iterchildren("*")}, LINE) for item in items
    ]
    inside = {child for item in items for child in item.iter("*")}
    leaves: dict[str, str] = {}
    for element in root.iter("*"):
        if element not in inside and not len(element):
            leaves[_name(element)] = leaves.get(_name(element)) or _text(element)
    leaves["InvoiceKind"] = "".join(
        _text(label) for label in root.iter("{*}LabelName") if _name(label.getparent()) in KINDS
    )
    return _digital_number(_picked(leaves, INVOICE)), [line for line in lines if any(line.values())]


def _digital_number(invoice: dict[str, str]) -> dict[str, str]:
    """Keep the number of a fully digital invoice (20 digits) apart from the older ones."""
    if not re.fullmatch(r"\d{20}", invoice["数电票号码"]):
        invoice["发票号码"] = invoice["发票号码"] or invoice["数电票号码"]
        invoice["数电票号码"] = ""
    return invoice


def _picked(told: Mapping[str, str], headers: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {
        header: next((told[name] for name in names if told.get(name)), "")
        for header, names in headers.items()
    }


def _attached(archive: zipfile.ZipFile) -> Iterator[str]:
    """Yield the members of an OFD that hold the invoice as data, the original one first."""
    names = [n for n in archive.namelist() if re.search(r"(?i)(^|/)attach[^/]*/[^/]+\.xml$", n)]
    names = [n for n in names if not n.lower().endswith("attachments.xml")]
    yield from sorted(names, key=lambda name: ("original_invoice" not in name.lower(), name))


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > LARGEST:
        raise Problem("The OFD holds more than an invoice.", then=AGAIN)
    with archive.open(name) as part:
        return part.read(LARGEST)


def _parsed(xml: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(xml.removeprefix(b"\xef\xbb\xbf"), parser)
    except etree.XMLSyntaxError as error:
        raise Problem("The invoice's XML breaks off or is damaged.", then=AGAIN) from error


def _name(element: etree._Element | None) -> str:
    return str(element.tag).rpartition("}")[2] if element is not None else ""


def _text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext())).strip()
