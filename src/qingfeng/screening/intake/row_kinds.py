"""Which rows are records, and which are totals, repeated headers, blank lines, footnotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_GAP = r"[\s\x{A0}\x{3000}]*"
_BRACKETS = r"([(（【\[][^)）】\]]*[)）】\]])?"
_AMOUNTS = r"[-\d\s\x{A0}\x{3000},，.￥¥元角分万笔条张升次人份辆台个公里零壹贰叁肆伍陆柒捌玖拾佰仟亿圆整正]*"
TOTAL = (
    rf"(本页|本月|本年|本季|本期|本次|当页|当月|全年|全部|部门|单位|分组)?{_GAP}[合小总共累]{_GAP}计{_GAP}"
    rf"(数量|金额|笔数|数)?{_GAP}{_BRACKETS}{_GAP}[:：、]?{_GAP}{_AMOUNTS}"
)
# 城管局合计, 苏M12345 小计: a total only where most of the row is empty, for 应发合计 may be an item.
GROUP_TOTAL = rf".{{1,24}}(小{_GAP}计|合{_GAP}计|总{_GAP}计){_GAP}[:：]?"
NOTE = (
    r"^(制表|编制|填表|填报|填制|审核|复核|审批|批准|打印|导出|经办|主管|负责人|单位负责人|财务负责人|部门负责人"
    r"|(会计|出纳|联系人|联系电话)\s*[:：]|说明|附注|(注|备注)\s*[:：]|第\s*\d+\s*页|共\s*\d+\s*页|页码|数据来源"
    r"|(统计|查询|报表|生成)(时间|日期|条件)|以上|※|\*\s*注|-{3,}|—{2,}|={3,})"
)
LOOKED_AT = 4  # mapped columns in which a repeated header is first looked for


def row_kind_sql(width: int, headers: Mapping[int, str], anchors: Sequence[int]) -> str:
    """Return SQL of a row's kind: data, blank, total, header or note.

    A row is looked at closely only if a cell holds 计, equals its header, or one of
    the cells that are usually filled is empty: a footnote fills at most half of them.

    Args:
        width: Cells a row: `c0`, `c1` …, cleaned, NULL if empty.
        headers: Position to header as read, joined with "_".
        anchors: Positions in the order in which they are most surely filled.
    """
    cells = [f"c{at}" for at in range(width)]
    order = list(anchors) or list(range(width))
    hints = [f"c{at} IS NULL" for at in order[: width // 2 + 1]]
    spread = sorted(headers)[:: max(1, len(headers) // LOOKED_AT)]
    hints += [f"c{at} IN ({_spellings(headers[at])})" for at in spread]
    hints += [f"contains({cell}, '计')" for cell in cells]
    first = f"coalesce({', '.join(cells)}, NULL)"
    few = _filled(cells)
    total = " OR ".join(
        f"(contains({cell}, '计') AND regexp_full_match({cell}, '{TOTAL}'))" for cell in cells
    )
    group = " OR ".join(
        f"(contains({cell}, '计') AND regexp_full_match({cell}, '{GROUP_TOTAL}'))" for cell in cells
    )
    return (
        f"CASE WHEN {' OR '.join(hints)} THEN CASE WHEN {first} IS NULL THEN 'blank' "
        f"WHEN {_repeats(headers)} THEN 'header' WHEN {total} THEN 'total' "
        f"WHEN {few} * 5 <= {width * 3} AND ({group}) THEN 'total' "
        f"WHEN {few} <= {max(2, width // 2)} AND regexp_matches({first}, '{NOTE}') THEN 'note' "
        "ELSE 'data' END ELSE 'data' END"
    )


def _filled(cells: Sequence[str]) -> str:
    return "(" + " + ".join(f"({cell} IS NOT NULL)::INTEGER" for cell in cells) + ")"


def _repeats(headers: Mapping[int, str]) -> str:
    """Return SQL of whether most filled cells of the row equal their headers, or a part of them."""
    if not headers:
        return "false"
    equal = [f"coalesce((c{at} IN ({_spellings(headers[at])}))::INTEGER, 0)" for at in sorted(headers)]
    filled = _filled([f"c{at}" for at in sorted(headers)])
    same = f"({' + '.join(equal)})"
    return f"({same} >= {min(2, len(headers))} AND {same} * 5 >= {filled} * 3)"


def _spellings(header: str) -> str:
    """Return a header and, if two rows were joined, its parts, as SQL literals."""
    parts = dict.fromkeys([header.strip(), *(part.strip() for part in header.split("_"))])
    return ", ".join("'" + part.replace("'", "''") + "'" for part in parts if part)
