"""Official letters and the receptions they lead to: letter, list, invoice and voucher add up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from qingfeng.screening.sample.books import MEAL, Books, Invoice, Item, before, later
from qingfeng.screening.sample.district import Unit
from qingfeng.screening.sample.life import Life
from qingfeng.screening.sample.people import People
from qingfeng.screening.sample.records import Case, Row

LIMITS = {"早": 40.0, "中": 70.0, "晚": 70.0}  # what even a guest from inside the county may cost


@dataclass
class Visit:
    """One reception as it is to be written.

    Attributes:
        guest: The sending unit.
        guests: How many come.
        companions: How many of the host's people eat with them.
        per_head: Yuan a head, None for an ordinary price.
        ahead: Days from the letter to the visit; negative if the letter is later.
        cited: How the reception spells the letter's number, None for as it is, "" for not at all.
        letter: Whether a letter is on record.
        known: A letter already on record, to be used again.
        names: The guests, [] to draw them.
        items: Invoice lines, [] for one line of food.
        billed_on: Date of the invoice, None for the day of the visit.
    """

    unit: Unit
    day: date
    guest: tuple[str, str] = ("", "")
    guests: int = 3
    companions: int = 2
    meal: str = "中"
    per_head: float | None = None
    ahead: int | None = None
    cited: str | None = None
    letter: bool = True
    known: Row | None = None
    names: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    billed_on: date | None = None
    free: bool = False
    letter_fields: dict[str, Any] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)
    cases: tuple[Case, ...] = ()
    letter_cases: tuple[Case, ...] = ()


class Receptions:
    """The hosting of guests in all units."""

    def __init__(self, life: Life, people: People, books: Books) -> None:
        self.life, self.people, self.books = life, people, books
        self.rng = life.chance("receptions")
        self._visitors: dict[str, list[str]] = {}
        self._numbers: dict[tuple[str, int], int] = {}
        for name in life.words["restaurants"]:
            books.seller(name, "餐饮")

    def live(self, units: list[Unit]) -> None:
        """Write every unit's ordinary receptions."""
        for unit in units:
            for day in self.life.work_days[12:]:
                if self.rng.random() < 0.075:
                    self.host(self.ordinary(unit, day))

    def ordinary(self, unit: Unit, day: date) -> Visit:
        """Return a visit that keeps every rule."""
        rng = self.rng
        guests = rng.choice((2, 3, 3, 4, 5, 6, 8, 12))
        most = 3 if guests <= 10 else guests // 3
        return Visit(
            unit,
            day,
            guest=self.sender(rng),
            guests=guests,
            companions=rng.randint(1, most),
            meal=rng.choice(("早", "中", "中", "中", "晚")),
        )

    def sender(self, rng: Random) -> tuple[str, str]:
        """Return a unit outside the district that sends letters, with its prefix."""
        name, prefix = rng.choice(self.life.words["guests"])
        return name, prefix

    def visitors(self, rng: Random, sender: str, count: int) -> list[str]:
        """Return people of a sending unit."""
        pool = self._visitors.setdefault(sender, [])
        while len(pool) < max(14, count):
            pool.append(self.people.outsider())
        return rng.sample(pool, count)

    def number(self, guest: tuple[str, str], day: date) -> str:
        """Return the next number of a sender's letters."""
        key = (guest[0], day.year)
        self._numbers[key] = self._numbers.get(key, 0) + self.rng.randint(1, 6)
        return f"{guest[1]}函〔{day.year}〕{self._numbers[key]}号"

    def letter(self, visit: Visit, names: list[str]) -> Row:
        """Put a letter on record."""
        rng = self.rng
        ahead = rng.randint(1, 9) if visit.ahead is None else visit.ahead
        issued = visit.day - timedelta(days=ahead)
        if visit.ahead is None and self.life.is_rest(issued):
            issued = before(self.life, issued, 0)
        matter = rng.choice(self.life.words["matters"])
        persons = "、".join(f"{name}（{rng.choice(self.life.words['guest_posts'])}）" for name in names)
        values: dict[str, Any] = {
            "letter_id": f"SH{self.life.serial('letter'):05d}",
            "issuer": visit.guest[0],
            "letter_no": self.number(visit.guest, issued),
            "issue_date": issued,
            "addressee": visit.unit.name,
            "matter": f"赴贵单位{matter}",
            "itinerary": f"{visit.day.month}月{visit.day.day}日到{visit.unit.short}",
            "date_from": visit.day,
            "date_to": visit.day,
            "persons": persons,
            "person_count": len(names),
            "contact": names[0],
            "file_date": visit.day,
        }
        return self.life.add("letter", visit.letter_cases, **{**values, **visit.letter_fields})

    def host(self, visit: Visit) -> tuple[Row | None, Row, Invoice | None]:
        """Write a visit: letter, reception, invoice, voucher.

        Returns:
            The letter or None, the reception, the invoice or None.
        """
        rng, life = self.rng, self.life
        names = visit.names or self.visitors(rng, visit.guest[0], visit.guests)
        letter = visit.known or (self.letter(visit, names) if visit.letter else None)
        heads = visit.guests + visit.companions
        limit = LIMITS[visit.meal]
        per_head = visit.per_head or round(limit * rng.uniform(0.6, 0.96), 1)
        total = 0.0 if visit.free else round(per_head * heads, 2)
        invoice = None
        venue = rng.choice(life.words["restaurants"])
        if total:
            items = visit.items or [Item(*MEAL, total)]
            invoice = self.books.invoice(visit.unit.name, venue, visit.billed_on or visit.day, items)
            self._pay(visit, invoice)
        cited = visit.cited if visit.cited is not None else (letter["letter_no"] if letter else "")
        staff = [p.name for p in self.people.of[visit.unit.name]]
        values: dict[str, Any] = {
            "rcpt_id": f"JD{visit.day:%Y%m}-{life.serial('reception'):05d}",
            "host_unit": visit.unit.name,
            "guest_unit": visit.guest[0],
            "matter": letter["matter"] if letter and letter["matter"] else "公务来访",
            "letter_no": cited or None,
            "emergency_flag": "否",
            "date": visit.day,
            "meal": {"早": "早餐", "中": "午餐", "晚": "晚餐"}[visit.meal],
            "venue": venue if total else "机关食堂",
            "guests": visit.guests,
            "companions": visit.companions,
            "staff": 1,
            "guest_names": "、".join(names),
            "companion_names": "、".join(rng.sample(staff, min(visit.companions, len(staff)))),
            "meal_amount": total,
            "approval_no": f"SP{visit.day:%Y%m%d}{rng.randrange(1000):03d}",
            "handler": rng.choice(staff),
            "list_signed": "是",
            "invoice_keys": invoice.key if invoice else None,
        }
        reception = life.add("reception", visit.cases, **{**values, **visit.fields})
        return letter, reception, invoice

    def _pay(self, visit: Visit, invoice: Invoice) -> None:
        entry = (f"付接待{visit.guest[0]}用餐费", "30217", "公务接待费", invoice.total, invoice.key)
        day = later(self.life, self.rng, invoice.day)
        self.books.voucher(visit.unit, day, [entry], payee=invoice.seller, pay="公务卡")
