"""Panel 5: prone areas (易发区), from the same numbers as their own page (`desk/prone`)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.cockpit import drawing
from qingfeng.desk.cockpit.asked import Asked
from qingfeng.desk.cockpit.shown import Block, Line, Number, Panel, Rows, Shown, in_words
from qingfeng.desk.prone import words
from qingfeng.findings.access import may_assign
from qingfeng.findings.prone.asked import Question, confirmed
from qingfeng.findings.prone.cells import LEAST_EXPOSED, LEAST_VERIFIED, Cell, Table, table
from qingfeng.look import said
from qingfeng.look.charts import Chart, Series

KEY = "prone"
MOST_CELLS = 12
BLOCKS = (("unit", "expense"), ("unit_kind", "expense"), ("month",))
BAR = "|"  # between the values of a cell in an address


def show(asked: Asked) -> Shown:
    """Work out the rates of cells; some twenty queries, however many leads there are."""
    says = _(
        "Verified leads against what the common rate of each kind of expense expects of the exposure "
        "(vehicles, receptions, invoices, staff), drawn towards it the less there is to go by (empirical "
        "Bayes, 90 % interval). Only what was confirmed, whole or in part, counts."
    )
    name, fresh = _("Prone areas"), _("Exposure as of the newest screening")
    if not may_assign(asked.viewer):
        note = _("Rates need every lead: they are there for those who see all of them.")
        return Shown(KEY, name, says, [], None, note, fresh)
    tables = [_table(asked, by) for by in BLOCKS]
    if tables[0].missing:
        return Shown(KEY, name, says, [], None, too_few(tables[0]), fresh)
    titles = (
        _("By unit and kind of expense"),
        _("By kind of unit and expense"),
        pgettext("cockpit", "By month"),
    )
    blocks = [_block(asked, title, one) for title, one in zip(titles, tables, strict=True)]
    hidden = sum(one.is_hidden for one in tables[0].cells)
    note = _(
        "%(count)s cells are hidden: fewer than %(least)s exposed, about one person, or beside such a one."
    ) % {"count": hidden, "least": LEAST_EXPOSED}
    return Shown(KEY, name, says, blocks, _chart(asked, blocks[0]), note if hidden else "", fresh)


def too_few(found: Table) -> str:
    """Return in words that too little is verified, and how much more it takes."""
    return _(
        "Not enough verified yet: %(count)s of the %(least)s leads that say anything about places; "
        "%(more)s more would be needed."
    ) % {"count": found.verified, "least": LEAST_VERIFIED, "more": found.missing}


def _question(asked: Asked, by: tuple[str, ...]) -> Question:
    return Question(asked.period, by, asked.office, asked.viewer)


def _table(asked: Asked, by: tuple[str, ...]) -> Table:
    """Return the cells; counted once for one asking."""
    kept: dict[tuple[str, ...], Table] = asked.__dict__.setdefault("_prone", {})
    if by not in kept:
        kept[by] = table(_question(asked, by))
    return kept[by]


def _block(asked: Asked, title: str, found: Table) -> Block:
    """Return the cells that stand out most."""
    cells = [one for one in found.shown if one.believed and one.verified][:MOST_CELLS]
    lines = [Line(words.cell_name(found.by, one.key), _numbers(asked, found.by, one)) for one in cells]
    heads = [
        title,
        pgettext("cockpit", "verified"),
        pgettext("cockpit", "found"),
        _("times the common rate"),
        pgettext("cockpit", "at least"),
    ]
    return Block(title, heads, lines, _("Nothing was verified here in this period."))


def _numbers(asked: Asked, by: tuple[str, ...], cell: Cell) -> list[Number]:
    believed = cell.believed
    if believed is None:
        return []
    of = BAR.join((",".join(by), *cell.key))
    return [
        Number(cell.verified, asked.rows_at(KEY, "verified", of)),
        Number(cell.raw, asked.rows_at(KEY, "raw", of)),
        Number(round(believed.mean, 4), "", words.between(believed.mean, believed.low, believed.high)),
        Number(round(believed.low, 4), "", said.number(believed.low, 2)),
    ]


def _chart(asked: Asked, block: Block) -> Chart | None:
    if len(block.lines) < 2:
        return None
    names = [line.name for line in block.lines]
    title = _("Stands out most, at the careful end: %(name)s") % {"name": names[0]}
    series = [Series(pgettext("cockpit", "at least"), [line.numbers[3].value for line in block.lines])]
    unit = _("times the common rate")
    return Chart(title, "", names, series, "rows", unit, block.title, in_words(asked), is_tall=len(names) > 9)


def rows(asked: Asked, what: str, of: str) -> Rows | None:
    """Return the leads of a cell: `of` has its dimensions, then its values."""
    names, *key = of.split(BAR)
    by = tuple(names.split(","))
    if what not in ("verified", "raw") or by not in BLOCKS or not may_assign(asked.viewer):
        return None
    cell = _table(asked, by).by_key.get(tuple(key))
    if cell is None or cell.is_hidden:
        return None
    leads = _question(asked, by).where(key)
    if what == "raw":
        return drawing.leads(_("Leads found"), leads)
    return drawing.leads(_("Verified leads"), confirmed(leads))


def without_units(shown: Shown) -> Shown:
    """Return the panel for a wall: no unit is named where everybody passes."""
    return Shown(shown.key, shown.name, shown.says, shown.blocks[1:], None, shown.note, shown.fresh)


PANEL = Panel(KEY, show, rows, without_units)
