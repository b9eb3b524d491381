"""What no goal is measured by, found in its words: a measure that does harm once somebody works toward it.

A share of a duty done (按期答复率, 回访覆盖率) is none of these: what an office does can be measured.
How many people were punished, how often somebody petitioned and whether somebody was pleased cannot.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

COUNTS = ["人数", "人次", "件数", "起数", "件次", "宗数", "批次", "次数", "数量", "总数", "总量", "数目"]
MORE = ["不少于", "不低于", "至少", "达到", "增长", "提高", "上升", "翻番", "多于", "超过"]
LESS = ["下降", "减少", "降低", "压降", "压减", "为零", "清零", "零发生", "归零", "不超过", "少于"]
PUNISHING = [
    "处分",
    "问责",
    "追责",
    "留置",
    "立案",
    "查处",
    "移送司法",
    "移送检察",
    "谈话函询",
    "第一种形态",
    "第二种形态",
    "第三种形态",
    "第四种形态",
    "处理干部",
    "处理人员",
    "处理党员",
]
PETITIONING = [
    "信访",
    "上访",
    "来访",
    "来信",
    "举报",
    "检举",
    "控告",
    "越级访",
    "重复访",
    "进京访",
    "集体访",
    "初次访",
    "重访",
    "复查申请",
    "复核申请",
    "异议",
    "申诉",
]
PLEASING = [
    "满意度",
    "满意率",
    "好评率",
    "不满意",
    "群众评分",
    "签到",
    "点击",
    "阅读量",
    "浏览量",
    "打卡",
    "访问量",
    "转发量",
    "点赞",
]
NOUGHT = ["零上访", "零信访", "零越级", "无越级访", "无上访"]


def _one_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(words)})"


_NUMBER = r"[\d一二三四五六七八九十百千两]+(?:名|人|件|起|宗|批|次)"
_NEAR = r"[^，。；;,.]{0,10}?"
_CLOSE = r"[^，。；;,.]{0,2}?"
PUNISHED = re.compile(
    f"{_one_of(PUNISHING)}{_NEAR}(?:{_one_of(COUNTS)}|{_NUMBER})"
    f"|{_one_of(PUNISHING)}{_CLOSE}{_one_of(MORE)}"
    f"|{_NUMBER}{_CLOSE}{_one_of(PUNISHING)}|案件数"
)
PETITIONED = re.compile(
    f"{_one_of(PETITIONING)}{_NEAR}(?:{_one_of(COUNTS)}|{_NUMBER}|{_one_of(LESS)})|{_one_of(NOUGHT)}"
)
PLEASED = re.compile(f"{_one_of(PLEASING)}|未(?:参观|前往|到访){_NEAR}(?:单位|部门)")
_BLANK = re.compile(r"\s+")


def speaks_of(pattern: re.Pattern[str], texts: Iterable[object]) -> bool:
    """Return whether one of the texts measures by what a pattern finds; blanks do not hide it."""
    return any(pattern.search(_BLANK.sub("", str(text))) for text in texts if text)
