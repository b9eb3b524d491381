"""Which SQL makes a staged text column typed, what of it cannot be read, and what is flagged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from qingfeng.screening.normalise.macros import enums, quoted
from qingfeng.screening.tables import IDENTIFIERS

if TYPE_CHECKING:
    from qingfeng.screening.tables import Column

_NOTHING: Mapping[str, tuple[str, ...]] = MappingProxyType({})

# Declared type -> macro; those in _SCALED have a sister `<macro>_times(x, factor)`.
_READERS = {
    "money": "read_money",
    "price": "read_price",
    "litres": "read_litres",
    "km": "read_km",
    "number": "read_number",
    "minutes": "read_minutes",
    "engine": "read_engine",
    "ratio": "read_ratio",
    "integer": "read_integer",
    "lon": "read_degrees",
    "lat": "read_degrees",
    "day": "read_day",
    "month": "read_month",
    "instant": "read_instant",
}
_SCALED = frozenset({"money", "price", "litres", "km", "number", "minutes"})
_DATES = frozenset({"day", "month", "instant"})
_CODES = {
    "invoice_number": "read_invoice_number",
    "invoice_code": "read_invoice_code",
    "e_invoice": "read_e_invoice",
}


@dataclass(frozen=True)
class Typed:
    """How a staged column becomes stored columns.

    Attributes:
        stored: Stored column to SQL over the staged text columns.
        unread: SQL that is TRUE if the cell has text that cannot be read (the row is rejected), or None.
        flags: Quality flag to SQL that is TRUE where the row has it (never NULL).

    `unread` and `flags` contain the SQL of `stored` word for word: who has computed the stored
    columns already may put their names in its place.
    """

    stored: Mapping[str, str]
    unread: str | None = None
    flags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """One staged text column and what its header or a mapping says about its values.

    Attributes:
        name: Quoted name of the staged column, qualified if need be: `"x"`, `s."x"`.
        factor: Decimal text that the numbers are multiplied with.
        form: A `strptime` format of dates; "years" if years of two digits are known by their
            neighbours; a coordinate system; or "".
        values: For an enum: value to further spellings.
    """

    name: str
    factor: str = "1"
    form: str = ""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def typed(
    column: Column,
    *,
    source: str,
    factor: str = "1",
    form: str = "",
    values: Mapping[str, tuple[str, ...]] = _NOTHING,
) -> Typed:
    """Return the SQL that reads one column by itself.

    Args:
        column: As declared.
        source: Quoted name of the staged text column. An identifier `"x"` is staged as
            `"x_h"`, `"x_last4"` and `"x_flag"`, which follow from it.
        factor: Decimal text that numbers without a unit of their own are multiplied with.
        form: See `Source`.
        values: See `Source`.

    Returns:
        Nothing is stored for a list (its items are rows of another table), and for a unit only
        its spelling: `unit_id` comes from the register. A longitude or latitude by itself is
        read as it stands: pairs are turned to WGS-84 by `typed_row`.
    """
    told = Source(source, factor, form, values)
    kind = column.type
    if kind in IDENTIFIERS:
        return _identifier(column, told)
    if kind in _READERS:
        return _scalar(column, told)
    if kind == "enum":
        return _enum(column, told)
    if kind == "list":
        return Typed({})
    return _WORDS[kind](column, told)


def typed_row(columns: Mapping[str, Column], sources: Mapping[str, Source]) -> dict[str, Typed]:
    """Return the SQL that reads the columns of one row, pairs of coordinates together.

    Args:
        columns: Declared columns of the table.
        sources: Declared column to staged column, for those that the sheet has.

    Returns:
        One entry a given column. A longitude with its latitude is turned to WGS-84 from the
        row's `coord_sys`, else from what header or mapping say, else taken as WGS-84; flags
        `coord_swapped` and `coord_zero` are the longitude's.
    """
    row = {
        name: typed(columns[name], source=s.name, factor=s.factor, form=s.form, values=s.values)
        for name, s in sources.items()
    }
    for lon in [name for name in sources if columns[name].type == "lon"]:
        lat = lon.removesuffix("lon") + "lat"
        if lat in sources:
            row[lon], row[lat] = _pair(lon, lat, sources)
    return row


def _pair(lon: str, lat: str, sources: Mapping[str, Source]) -> tuple[Typed, Typed]:
    x, y = f"read_degrees({sources[lon].name})", f"read_degrees({sources[lat].name})"
    if "coord_sys" in sources:
        system = f"read_coord_sys({sources['coord_sys'].name})"
    else:
        system = quoted(sources[lon].form or sources[lat].form or "WGS-84")
    swapped = f"coalesce(abs({y}) > 90 AND abs({y}) <= 180 AND abs({x}) <= 90, FALSE)"
    if system == "'WGS-84'":
        in_order = f"abs({x}) <= 180 AND abs({y}) <= 90 AND ({x} <> 0 OR {y} <> 0)"
        pair = {
            part: f"CASE WHEN {in_order} THEN {own} WHEN {swapped} THEN {other} END"
            for part, own, other in (("lon", x, y), ("lat", y, x))
        }
    else:
        pair = {part: f"to_wgs({x}, {y}, {system}).{part}" for part in ("lon", "lat")}
    return (
        Typed(
            {lon: pair["lon"]},
            _unread(sources[lon].name, x),
            {
                "coord_swapped": swapped,
                "coord_zero": f"coalesce({x} = 0 AND {y} = 0, FALSE)",
                "coord_invalid": f"coalesce(abs({x}) > 180 OR abs({y}) > 180"
                f" OR (abs({x}) > 90 AND abs({y}) > 90), FALSE)",
            },
        ),
        Typed({lat: pair["lat"]}, _unread(sources[lat].name, y)),
    )


def _unread(source: str, value: str) -> str:
    return f"CASE WHEN {value} IS NULL THEN NOT is_blank({source}) ELSE FALSE END"


def _scalar(column: Column, told: Source) -> Typed:
    reader = _READERS[column.type]
    value = f"{reader}({told.name})"
    if column.type in _SCALED and told.factor != "1":
        value = f"{reader}_times({told.name}, {told.factor})"
    if column.type not in _DATES:
        return Typed({column.name: value}, _unread(told.name, value))
    if "%" in told.form:
        kind = "TIMESTAMP" if column.type == "instant" else "DATE"
        moment = f"TRY_STRPTIME({told.name}, {quoted(told.form)})"
        moment = f"date_trunc('month', {moment})" if column.type == "month" else moment
        value = f"coalesce(CAST({moment} AS {kind}), {value})"
        return Typed({column.name: value}, _unread(told.name, value))
    doubt = "is_ambiguous_order" if told.form == "years" else "is_ambiguous_date"
    return Typed(
        {column.name: value},
        _unread(told.name, value),
        {"date_ambiguous": f"coalesce({doubt}({told.name}), FALSE)"},
    )


def _identifier(column: Column, told: Source) -> Typed:
    def part(suffix: str) -> str:
        return told.name.removesuffix('"') + suffix + '"'

    flag = part("_flag")
    return Typed(
        {f"{column.name}_h": part("_h"), f"{column.name}_last4": part("_last4")},
        None,
        {name: f"coalesce({flag} = '{name}', FALSE)" for name in ("digits_lost", "masked")},
    )


def _enum(column: Column, told: Source) -> Typed:
    if column.of not in enums():
        return Typed({column.name: told.name})
    value = f"read_{column.of}({told.name})"
    if told.values:
        branches = " ".join(
            f"WHEN {told.name} IN ({', '.join(map(quoted, words))}) THEN {quoted(name)}"
            for name, words in told.values.items()
        )
        value = f"CASE {branches} ELSE {value} END"
    return Typed(
        {column.name: value}, None, {f"enum_unknown_{column.name}": f"NOT is_known_{column.of}({value})"}
    )


def _plate(column: Column, told: Source) -> Typed:
    norm = f"read_plate({told.name})"
    return Typed(
        {f"{column.name}_norm": norm, f"{column.name}_raw": told.name},
        None,
        {
            "plate_invalid": _unread(told.name, norm),
            "plate_char_fixed": f"CASE WHEN {norm} <> {told.name}"
            f" THEN is_plate_char_fixed({told.name}) ELSE FALSE END",
        },
    )


def _letter_no(column: Column, told: Source) -> Typed:
    norm = f"read_letter_no({told.name})"
    return Typed(
        {f"{column.name}_norm": norm, f"{column.name}_raw": told.name},
        None,
        {"letter_no_odd": f"NOT coalesce(is_letter_no({norm}), TRUE)"},
    )


def _code(column: Column, told: Source) -> Typed:
    reader = "read_invoice_key" if column.type == "invoice_no" else _CODES.get(column.of, "read_code")
    lost = "is_power_of_ten" if reader in ("read_code", "read_invoice_code") else "lost_digits"
    flags = {"digits_lost": f"{lost}({told.name})"}
    if reader in ("read_invoice_number", "read_invoice_code", "read_invoice_key"):
        flags["zero_padded"] = (
            f"coalesce(NOT {lost}({told.name})"
            f" AND length({reader}({told.name})) > length(bare_code({told.name})), FALSE)"
        )
    return Typed({column.name: f"{reader}({told.name})"}, None, flags)


def _product(column: Column, told: Source) -> Typed:
    """The product as read, its class, and its octane."""
    kind = f"read_product_class({told.name})"
    return Typed(
        {
            column.name: told.name,
            f"{column.name}_class": kind,
            "octane": f"read_octane({told.name})",
        },
        None,
        {"product_unknown": _unread(told.name, kind)},
    )


def _flag(column: Column, told: Source) -> Typed:
    value = f"read_flag({told.name})"
    return Typed({column.name: value}, None, {f"flag_unknown_{column.name}": _unread(told.name, value)})


def _text(column: Column, told: Source) -> Typed:
    return Typed({column.name: f"CASE WHEN NOT is_blank({told.name}) THEN {told.name} END"})


def _texts(column: Column, told: Source) -> Typed:
    return Typed({column.name: f"joined_items({told.name})"})


_WORDS = {
    "plate": _plate,
    "letter_no": _letter_no,
    "code": _code,
    "invoice_no": _code,
    "product": _product,
    "flag": _flag,
    "text": _text,
    "unit": _text,
    "texts": _texts,
}
