"""A table as a page declares it: columns, rows, how it is sorted, what to say when it is empty."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest
from django.utils.functional import Promise

KINDS = ("text", "number", "amount", "day", "moment", "light", "tag", "who", "exact")
_RIGHT = {"number", "amount"}


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        key: Attribute or key of the row, dotted (`unit.name`); or a function of the row.
        label: Head of the column, and of the cell on a phone.
        kind: How the cell is drawn; `amount` is yuan with two decimals, `exact` stays on one line.
        sort: Name of the order in the address (`?sort=due`); empty if one cannot sort by it.
        link: Function of the row that gives the cell's address (None for no link).
        is_head: Whether the cell names its row.
        template: A template that draws the cell instead, given `row` and `value`.
    """

    key: str | Callable[[Any], Any]
    label: Any
    kind: str = "text"
    sort: str = ""
    link: Callable[[Any], str | None] | None = None
    is_head: bool = False
    template: str = ""

    def __post_init__(self) -> None:
        """Refuse a kind that nothing draws."""
        if self.kind not in KINDS:
            raise ValueError(f"A column is one of {', '.join(KINDS)}, not {self.kind!r}.")

    @property
    def is_number(self) -> bool:
        """Whether it stands to the right."""
        return self.kind in _RIGHT

    def value(self, row: Any) -> Any:
        """Return the cell's value of a row."""
        if callable(self.key):
            return self.key(row)
        found = row
        for part in self.key.split("."):
            found = found.get(part) if isinstance(found, Mapping) else getattr(found, part, None)
            if callable(found) and not isinstance(found, Promise):
                found = found()
        return found


@dataclass(frozen=True)
class Empty:
    """What an empty page says: what will be here, and how to begin.

    `act` is the verb of a link to `href`; both or neither.
    """

    title: Any
    says: Any
    act: Any = ""
    href: str = ""
    icon: str = "inbox"


@dataclass(frozen=True)
class Table:
    """A table of rows.

    Attributes:
        columns: At least one.
        rows: Any iterable; or a Django `Page`, then the pager stands below.
        caption: What the table is, heard and (unless `is_caption_hidden`) seen.
        sorted_by: The order in force, as in the address: `due`, or `-due` for falling.
        empty: What to say without rows.
        totals: Values of a last row by the columns' keys, empty for none.
    """

    columns: Sequence[Column]
    rows: Iterable[Any]
    caption: Any
    sorted_by: str = ""
    empty: Empty | None = None
    totals: Mapping[str, Any] = field(default_factory=dict)
    is_caption_hidden: bool = True

    @property
    def page(self) -> Page | None:
        """The page of a longer list, None if this is all."""
        return self.rows if isinstance(self.rows, Page) else None


def order_in(request: HttpRequest, columns: Sequence[Column], default: str) -> str:
    """Return the order that the address asks for, if a column has it, else the default.

    Returns:
        `name` or `-name`, safe to be mapped to a query by the caller.
    """
    wanted = request.GET.get("sort", "")
    return (
        wanted if wanted.removeprefix("-") in {column.sort for column in columns if column.sort} else default
    )


def heads(table: Table, query: Any) -> list[dict[str, Any]]:
    """Return the heads with their links: a first press rises, the next falls; sorting starts at page 1."""
    found = []
    for column in table.columns:
        is_sorted = bool(column.sort) and table.sorted_by.removeprefix("-") == column.sort
        falls = is_sorted and table.sorted_by.startswith("-")
        href = ""
        if column.sort:
            asked = query.copy()
            asked.pop("page", None)
            asked["sort"] = column.sort if not is_sorted or falls else f"-{column.sort}"
            href = f"?{asked.urlencode()}"
        direction = ("descending" if falls else "ascending") if is_sorted else ""
        found.append(
            {"label": column.label, "href": href, "direction": direction, "is_number": column.is_number}
        )
    return found


def cells(table: Table, row: Any) -> list[dict[str, Any]]:
    """Return the cells of a row, ready to be drawn."""
    return [
        {
            "label": column.label,
            "kind": column.kind,
            "value": column.value(row),
            "href": column.link(row) if column.link else None,
            "is_head": column.is_head,
            "is_number": column.is_number,
            "template": column.template,
            "row": row,
        }
        for column in table.columns
    ]
