"""The page docs/normalisers.md, made from the macros' own comments."""

from __future__ import annotations

from qingfeng.screening.normalise.macros import SOURCES, documented, enums

_HEAD = """# Normalisers

Every cell first becomes text; then these SQL macros make it typed, the same for 200 rows and for
200 million. This page is made from their comments (`python -m qingfeng.screening.normalise.document`)
and a test runs every example. A macro returns NULL for a cell that says nothing (`-`, `—`, `无`, `N/A` …)
and for what it cannot read; only for dates, numbers and money does the second reject the row.

Flags that reading sets: `plate_invalid`, `plate_char_fixed`, `date_ambiguous`, `digits_lost`, `masked`,
`zero_padded`, `letter_no_odd`, `product_unknown`, `coord_swapped`, `coord_zero`, `coord_invalid`,
`enum_unknown_<column>`, `flag_unknown_<column>`.
"""


def document() -> str:
    """Return docs/normalisers.md as it must be."""
    parts = [_HEAD]
    for source in SOURCES:
        parts.append(f"## {source}\n")
        for macro in (m for m in documented() if m.source == source):
            rows = "".join(f"| `{_cell(e)}` | `{_cell(v)}` |\n" for e, v in macro.examples)
            table = f"\n| example | gives |\n|---|---|\n{rows}" if rows else ""
            parts.append(f"### {macro.name}({macro.parameters})\n\n{_prose(macro.says)}\n{table}")
    parts.append(
        "## Lists of values\n\n"
        "`read_<list>(x)` returns the value for a value or a synonym (compared narrow, without spaces, in"
        " lower case) and leaves what it does not know as read; `is_known_<list>(value)`"
        " says of what it returned whether it is on the list.\n\n"
        "| list | values |\n|---|---|\n"
        + "".join(f"| `{name}` | {', '.join(values)} |\n" for name, values in enums().items())
    )
    return "\n".join(parts)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _prose(text: str) -> str:
    return text.replace("|", "\\|").replace("<column>", "`<column>`")


if __name__ == "__main__":
    print(document(), end="")  # noqa: T201 - the page itself is what is asked for
