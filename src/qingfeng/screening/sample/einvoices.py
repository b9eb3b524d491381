"""Fully digital invoices (数电票) as the XML files that sellers send."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from qingfeng.screening.sample.records import Row

FOLDER = "电子发票"


def apart(rows: list[Row]) -> tuple[list[Row], dict[str, list[Row]]]:
    """Return the lines that the export has, and the invoices that came as files, by number."""
    files: dict[str, list[Row]] = {}
    for row in rows:
        if row.get("as_file"):
            files.setdefault(row["e_no"], []).append(row)
    return [row for row in rows if not row.get("as_file")], files


def write(files: dict[str, list[Row]], root: Path) -> None:
    """Write each invoice as an XML file; a line item's place is its row."""
    for number, lines in sorted(files.items()):
        path = f"{FOLDER}/dzfp_{number}.xml"
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_invoice(number, lines), encoding="utf-8")
        for place, row in enumerate(lines, 1):
            row.at.append((path, None, place))


def _invoice(number: str, lines: list[Row]) -> str:
    first = lines[0]
    sums = {name: f"{sum(row[name] for row in lines):.2f}" for name in ("amount", "tax", "total")}
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>\n<EInvoice>',
        f"<Header><EIid>{number}</EIid><Version>0.2</Version><InherentLabel><GeneralOrSpecialVAT>",
        "<LabelName>数电票（普通发票）</LabelName></GeneralOrSpecialVAT></InherentLabel></Header>",
        "<EInvoiceData>",
        _group("SellerInformation", SellerIdNum=first["seller_tax_no"], SellerName=first["seller_name"]),
        _group("BuyerInformation", BuyerIdNum=first["buyer_tax_no"], BuyerName=first["buyer_name"]),
        "<BasicInformation>",
        _leaf("TotalAmWithoutTax", sums["amount"]),
        _leaf("TotalTaxAm", sums["tax"]),
        _leaf("TotalTax-includedAmount", sums["total"]),
        _leaf("Drawer", first["issuer_person"]),
        _leaf("RequestTime", f"{first['issue_date']} 10:00:00"),
        "</BasicInformation>",
        *(_line(row) for row in lines),
        "</EInvoiceData>",
        _group("TaxSupervisionInfo", InvoiceNumber=number, IssueTime=f"{first['issue_date']} 10:00:00"),
        "</EInvoice>",
    ]
    return "\n".join(parts) + "\n"


def _line(row: Row) -> str:
    return _group(
        "IssuItemInformation",
        ItemName=row["item_name"],
        SpecMod=row["spec"],
        MeaUnits=row["unit_name"],
        Quantity=f"{row['qty']:g}",
        UnPrice=f"{row['price']:.4f}",
        Amount=f"{row['amount']:.2f}",
        TaxRate=row["tax_rate"],
        ComTaxAm=f"{row['tax']:.2f}",
        TaxClassificationCode=row["tax_code"],
    )


def _group(name: str, **leaves: object) -> str:
    inner = "".join(_leaf(leaf, value) for leaf, value in leaves.items())
    return f"<{name}>{inner}</{name}>"


def _leaf(name: str, value: object) -> str:
    return f"<{name}>{escape(str(value if value is not None else ''))}</{name}>"
