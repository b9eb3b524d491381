"""Sheets out of declarations: what somebody might hand in with an act, mostly right, now and then wrong."""

from datetime import timedelta

WRONG_ONE_IN = 25


def sheet_for(rng, declared, act, *, matter, house, by, today):
    """A sheet for an act, or for opening where the act is None.

    Args:
        rng: A source of chance that can be replayed.
        declared: The mechanism.
        act: The act.
        matter: The matter, or None.
        house: A `House`.
        by: Person who hands it in.
        today: Civil date.
    """
    asks = act.asks if act else declared.asks
    names = act.names if act else declared.names
    sheet = {
        "facts": {
            one.key: value
            for one in asks
            if (value := value_of(rng, one, house=house, by=by, today=today, matter=matter)) is not None
        },
        "parties": {role: _named(rng, declared.role(role), house) for role in names},
    }
    if act is None:
        return sheet
    sheet["lines"], sheet["changes"] = _lines(
        rng, declared, act, house=house, by=by, today=today, matter=matter
    )
    if act.reason and rng.randrange(WRONG_ONE_IN):
        sheet["reason"] = "按程序办理，理由见附件。"
    sheet["opens"] = tuple(one.mechanism for one in act.opens if rng.random() < 0.5)
    sheet["overrides"] = {gate.key: "情况紧急" for gate in act.gates if rng.random() < 0.2}
    return sheet


def _named(rng, role, house):
    among = house.units if role.kind == "unit" else house.cast
    least = max(role.least, 1 if rng.randrange(4) else role.least)
    count = min(least + rng.randrange(2), role.most or 9)
    count = count if rng.randrange(WRONG_ONE_IN) else max(count - 1, 0)
    return [one.pk for one in rng.sample(among, count)]


def _lines(rng, declared, act, *, house, by, today, matter):
    lines, changes = {}, {}
    for entry in act.enters:
        ledger = declared.ledger(entry.ledger)

        def row(ledger=ledger):
            return {
                one.key: value
                for one in ledger.fields
                if (value := value_of(rng, one, house=house, by=by, today=today, matter=matter)) is not None
            }

        if entry.from_:
            there = [one.no for one in matter.lines.filter(ledger=entry.ledger) if one.state in entry.from_]
            count = min(len(there), 1 + rng.randrange(2))
            changes[entry.ledger] = {no: row() for no in rng.sample(there, count)} or {1: row()}
        else:
            lines[entry.ledger] = [row() for _ in range(max(entry.least, rng.randrange(3)))]
    return lines, changes


def value_of(rng, one, *, house, by, today, matter):
    """A value for a field; None where it is left out."""
    wrong = not rng.randrange(WRONG_ONE_IN)
    if (not one.needed and rng.random() < 0.5) or wrong:
        return rng.choice(["不是这样", "9999-99-99", None]) if wrong else None
    makers = {
        "text": lambda: f"内容{rng.randrange(1000)}"[: one.most or 200],
        "long": lambda: f"情况说明第{rng.randrange(1000)}段，如实记录。",
        "day": lambda: _day(rng, one, today),
        "moment": lambda: f"{today.isoformat()}T10:30",
        "money": lambda: f"{max(rng.randrange(5000), one.least or 0)}.50",
        "whole": lambda: _whole(rng, one),
        "score": lambda: f"{rng.randrange(100)}.5",
        "choice": lambda: rng.choice(one.choices)[0],
        "choices": lambda: [key for key, _ in rng.sample(one.choices, 1 + rng.randrange(2))][
            : len(one.choices)
        ],
        "flag": lambda: rng.random() < 0.85,
        "unit": lambda: rng.choice(house.units).pk,
        "units": lambda: [one.pk for one in rng.sample(house.units, 2)],
        "person": lambda: rng.choice(house.cast).pk,
        "persons": lambda: [one.pk for one in rng.sample(house.cast, 2)],
        "file": lambda: [house.papers[by.pk]],
        "files": lambda: [house.papers[by.pk]],
        "line": lambda: rng.randrange(1, 4),
    }
    return makers[one.kind]()


def _day(rng, one, today):
    least = one.least if one.least is not None else -40
    most = one.most if one.most is not None else max(least, 0) + 120
    return (today + timedelta(days=rng.randint(least, most))).isoformat()


def _whole(rng, one):
    least = one.least or 0
    return rng.randint(least, one.most if one.most is not None else least + 40)
