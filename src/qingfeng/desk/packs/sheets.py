"""A pack as sheets of paper: to be filled in by hand, or filled in as the record of what came back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from qingfeng.desk.packs.contents import Contents, Task
from qingfeng.desk.packs.kinds import Ask, Kind, kinds
from qingfeng.desk.packs.returning import Photo, Result
from qingfeng.documents.fieldwork import Asked, Sheets, TaskSheet, grouped
from qingfeng.documents.official import Proof, chinese_date

BLANK, FILLED = "外出核查任务单", "外出核查记录"
QR = "qingfeng:pack/1/"
ROOM = {"long": 2, "text": 1, "day": 1, "money": 1, "flag": 0, "choice": 0}  # ruled lines for an answer
OWN_ROOM = 2


def typed(code: str) -> str:
    """Return a code as people type it."""
    return f"{code[:5]}-{code[5:]}"


def blank_sheets(contents: Contents, proof: Proof | None) -> Sheets:
    """Return the sheets that go out."""
    return Sheets(
        title=BLANK,
        office=contents.office,
        code=typed(contents.code),
        qr=QR + contents.code,
        carriers=contents.carriers,
        dated=contents.made_on,
        period=f"有效期至{chinese_date(contents.expires_on)}",
        tasks=tuple(_blank(task, contents) for task in contents.tasks),
        proof=proof,
    )


def filled_sheet(contents: Contents, result: Result, on: date) -> Sheets:
    """Return the record of one task as it came back, of a civil date."""
    return Sheets(
        title=FILLED,
        office=contents.office,
        code=typed(contents.code),
        qr=QR + contents.code,
        carriers=contents.carriers,
        dated=on,
        period=f"{chinese_date(on)}交回",
        tasks=(_filled(result),),
        filled=True,
    )


def _blank(task: Task, contents: Contents) -> TaskSheet:
    kind = kinds()[task.kind]
    own = [Asked(words, room=OWN_ROOM) for words in task.questions]
    return TaskSheet(
        no=task.no,
        name=kind.name[0],
        facts=(
            ("目的", task.purpose),
            ("依据", task.authority),
            ("核查人员", "、".join(contents.carriers)),
            ("地点", task.where),
            ("完成时限", task.when),
        ),
        groups=grouped((row.table, row.cells) for row in task.rows),
        reminds=tuple(zh for zh, _en in kind.reminds),
        asks=(*(one for place in range(kind.papers) for one in _to_fill(kind, place)), *own),
        signs=("核查人", "核查人", *([kind.signs[0]] if kind.signs[0] else [])),
    )


def _to_fill(kind: Kind, place: int) -> list[Asked]:
    """Return one record form to be filled in, numbered where there is room for several."""
    before = f"{place + 1}. " if kind.papers > 1 else ""
    return [Asked(before + ask.words[0], boxes=_boxes(ask), room=ROOM[ask.kind]) for ask in kind.asks]


def _boxes(ask: Ask) -> tuple[str, ...]:
    return ("是",) if ask.kind == "flag" else tuple(words[0] for _value, words in ask.choices)


def _filled(result: Result) -> TaskSheet:
    task, kind = result.task, kinds()[result.task.kind]
    at = result.at.strftime("%Y-%m-%d %H:%M") if result.at else ""
    many = len(result.lines) > 1
    lines = [
        one for place, line in enumerate(result.lines, 1) for one in _line(kind, line, place if many else 0)
    ]
    own = [Asked(words, answer) for words, answer in zip(task.questions, result.own, strict=False)]
    return TaskSheet(
        no=task.no,
        name=kind.name[0],
        facts=(
            ("目的", task.purpose),
            ("依据", task.authority),
            ("在场人员", "、".join(result.present)),
            ("地点", task.where),
            ("办理时间", at),
        ),
        groups=grouped((row.table, row.cells) for row in task.rows),
        asks=(*lines, *own),
        found=result.found,
        photos=tuple(_photo(one) for one in result.photos),
    )


def _line(kind: Kind, said: Mapping[str, str | bool], place: int) -> list[Asked]:
    """Return one record form as filled in; its number stands before each question where there are several."""
    before = f"{place}. " if place else ""
    return [Asked(before + ask.words[0], answer_words(ask, said.get(ask.key, ""))[0]) for ask in kind.asks]


def answer_words(ask: Ask, value: object) -> tuple[str, str]:
    """Return an answer as people read it, Chinese and English."""
    if ask.kind == "flag":
        return ("是", "yes") if value else ("否", "no")
    return dict(ask.choices).get(str(value), (str(value), str(value)))


def _photo(one: Photo) -> tuple[str, str, str]:
    when = f"{one.taken_at:%Y-%m-%d %H:%M:%S}" + ("（文件时间）" if one.time_from == "file" else "")
    where = f"（{one.place[0]:.6f}，{one.place[1]:.6f}）" if one.place else ""
    return (when, one.caption + where, one.sha256)
