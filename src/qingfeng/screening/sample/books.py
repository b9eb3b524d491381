"""Invoices, vouchers and the sellers behind them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from qingfeng.screening.sample.district import Unit
from qingfeng.screening.sample.life import Life
from qingfeng.screening.sample.records import Case, Row

LIMIT = 10_000.0  # from here on an office must buy by another procedure
MEAL = ("*餐饮服务*餐费", "3070401000000000000", 0.06)


@dataclass(frozen=True)
class Item:
    """One line of an invoice.

    Attributes:
        name: With the category between stars, as the tax office prints it.
        price: Tax included, yuan.
    """

    name: str
    code: str
    rate: float
    price: float
    qty: float = 1.0
    spec: str = ""
    unit: str = ""
    cases: tuple[Case, ...] = ()

    def printed(self) -> dict[str, Any]:
        """Return what its line says, the tax taken out."""
        total = round(self.price * self.qty, 2)
        tax = round(total - total / (1 + self.rate), 2)
        return {
            "tax_code": self.code,
            "item_name": self.name,
            "spec": self.spec or None,
            "unit_name": self.unit or None,
            "qty": self.qty,
            "price": round((total - tax) / self.qty, 4),
            "amount": round(total - tax, 2),
            "tax_rate": f"{self.rate:.0%}",
            "tax": tax,
            "total": total,
        }


@dataclass
class Invoice:
    """An invoice on record.

    Attributes:
        key: 20-digit number, or code and number.
        rows: Its lines.
    """

    key: str
    day: date
    seller: str
    total: float
    rows: list[Row]


class Books:
    """Writes invoices and vouchers, and keeps the ordinary ones out of the rules' way."""

    def __init__(self, life: Life) -> None:
        self.life = life
        self.rng = life.chance("books")
        self._sold: dict[tuple[str, str], list[tuple[date, float]]] = defaultdict(list)
        self._numbers: dict[str, int] = {}
        self._sellers: dict[str, str] = {}
        self._codes: dict[str, str] = {row["name"]: row["credit_code"] for row in life.rows["unit"]}

    def seller(self, name: str, kind: str) -> str:
        """Put a seller on the register of vendors (once) and return its name."""
        if name not in self._sellers:
            rng = self.life.chance(f"vendor {name}")
            self._sellers[name] = f"91990{rng.randrange(10**12):012d}{rng.choice('ABCDEFGH')}"
            kinds: dict[str, Any] = {"class": kind}
            place = rng.choice(self.life.words["towns"])
            self.life.add(
                "vendor",
                tax_no=self._sellers[name],
                name=name,
                legal_rep=rng.choice(self.life.words["surnames"])
                + rng.choice(self.life.words["given_second"]),
                scope=f"{kind}及相关服务",
                founded_on=date(rng.randint(1998, 2021), rng.randint(1, 12), rng.randint(1, 28)),
                status="存续",
                address=f"{self.life.words['city']}{place}路{rng.randint(1, 400)}号",
                **kinds,
            )
        return name

    def may_sell(self, seller: str, buyer: str, day: date, total: float) -> bool:
        """Whether an ordinary purchase looks like no part of a bigger one."""
        near = sum(t for d, t in self._sold[seller, buyer] if abs((d - day).days) <= 5)
        return near + total < LIMIT - 200

    def invoice(
        self,
        buyer: str,
        seller: str,
        day: date,
        items: list[Item],
        *,
        legacy: tuple[str, str] | None = None,
        number: str = "",
        cases: tuple[Case, ...] = (),
    ) -> Invoice:
        """Write an invoice, one row a line.

        Args:
            buyer: As printed.
            seller: On the register of vendors already.
            day: Date of issue.
            items: Its lines.
            legacy: Code and 8-digit number of a paper invoice.
            number: 20 digits of an electronic one, "" to draw one.
            cases: Shown on every line.
        """
        number = "" if legacy else number or self.e_number(day)
        rows = []
        as_file = not legacy and self._comes_as_file(items)
        for place, item in enumerate(items, 1):
            values = {
                "code": legacy[0] if legacy else None,
                "no": legacy[1] if legacy else None,
                "e_no": number or None,
                "kind": "增值税普通发票" if legacy else "数电票（普通发票）",
                "issue_date": day,
                "seller_name": seller,
                "seller_tax_no": self._sellers.get(seller),
                "buyer_name": buyer,
                "buyer_tax_no": self._codes.get(buyer),
                "line_no": place,
                **item.printed(),
                "status": "正常",
                "is_positive": "是",
                "source": "电子发票服务平台",
                "risk": "正常",
                "issuer_person": "开票员",
                "as_file": as_file,
            }
            rows.append(self.life.add("invoice", (*cases, *item.cases), **values))
        total = round(sum(row["total"] for row in rows), 2)
        self._sold[seller, buyer].append((day, total))
        key = "".join(legacy) if legacy else number
        return Invoice(key, day, seller, total, rows)

    def _comes_as_file(self, items: list[Item]) -> bool:
        """Whether an invoice was sent as XML: a few ordinary ones, and half of the bills that are told of."""
        told = len(items) > 1 and any(item.cases for item in items)
        return self.life.serial("told bill") % 2 == 0 if told else self.life.serial("bill") % 180 == 0

    def e_number(self, day: date) -> str:
        """Return a 20-digit number not given before."""
        return f"{day:%y}99{self.life.serial('e-invoice') * 13 + 7:011d}{self.rng.randrange(1, 99999):05d}"

    def paper_number(self, seller: str) -> tuple[str, str]:
        """Return code and number of a paper invoice; never next to the seller's last one."""
        code = f"0990025{sum(map(ord, seller)) % 90000 + 10000:05d}"
        last = self._numbers.get(seller, sum(map(ord, seller)) * 17 % 10**6 + 10**7)
        self._numbers[seller] = last + self.rng.randint(5, 60)
        return code, f"{self._numbers[seller]:08d}"

    def voucher(
        self,
        unit: Unit,
        day: date,
        entries: list[tuple[str, str, str, float, str]],
        *,
        payee: str = "",
        pay: str = "转账",
        book: str = "行政",
        cases: tuple[Case, ...] = (),
    ) -> list[Row]:
        """Write a voucher: its debit lines and the credit line that balances them.

        Args:
            unit: Whose.
            day: Date of entry; moved into the records if it is later.
            entries: Summary, economic class, account name, debit, key of the invoice or "".
            payee: Who is paid.
            pay: Way of payment.
            book: 行政 or 工会.
            cases: Shown on the debit lines.
        """
        day = min(day, self.life.last)
        number = f"记{day:%Y%m}-{self.life.serial(f'voucher {unit.number} {book} {day:%Y%m}'):04d}"
        common = {
            "book": book,
            "unit": unit.name,
            "voucher_no": number,
            "date": day,
            "payee": payee or None,
            "pay_method": pay,
            "attachments": len(entries) + 1,
            "preparer": unit.leader[:1] + "会计",
            "reviewer": unit.leader,
        }
        lines = [_debit(line, entry) for line, entry in enumerate(entries, 1)]
        rows = [self.life.add("voucher", cases, **common, **line) for line in lines]
        total = round(sum(entry[3] for entry in entries), 2)
        credit = {
            "line_no": len(entries) + 1,
            "summary": "支付" + entries[0][0],
            "account_code": "1002",
            "account_name": "零余额账户用款额度",
            "econ_class": None,
            "debit": 0.0,
            "credit": total,
        }
        self.life.add("voucher", (), **common, **credit)
        return rows


def goods(rng: Random, life: Life, total: float) -> list[Item]:
    """Return a list of office goods of about so many yuan."""
    items = []
    for name, spec, unit, price in rng.sample(life.words["office_goods"], rng.randint(2, 4)):
        qty = max(1, int(total / 3 / price))
        items.append(
            Item(
                f"*文具*{name}",
                "1060513010000000000",
                0.13,
                price + rng.choice((0.0, 0.5, 0.9)),
                qty,
                spec,
                unit,
            )
        )
    return items


def later(life: Life, rng: Random, day: date, least: int = 2, most: int = 14) -> date:
    """Return the working day on which something bought on a day is entered."""
    return min(life.work_day_after(day, rng.randint(least, most)), life.last)


def before(life: Life, day: date, days: int) -> date:
    """Return the last working day at least so many days earlier; the first day of the records is no bound."""
    found = day - timedelta(days=days)
    while life.is_rest(found):
        found -= timedelta(days=1)
    return found


def _debit(line: int, entry: tuple[str, str, str, float, str]) -> dict[str, Any]:
    summary, econ, account, debit, key = entry
    return {
        "line_no": line,
        "summary": summary,
        "account_code": f"5001{econ}",
        "account_name": account,
        "econ_class": econ,
        "debit": debit,
        "credit": 0.0,
        "invoice_keys": key or None,
    }
