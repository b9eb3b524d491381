"""The sheets and columns of the workbook, as data.

Headers and values are the field's words in every language: a workbook is passed between offices.
"""

from __future__ import annotations

from dataclasses import dataclass

from qingfeng.organization.models import Unit


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        key: Its name in code.
        header: As it stands in the first row.
        example: A value, for the sheet of notes.
        note: What to enter, one sentence, Chinese.
        is_needed: Whether a row without it is rejected.
    """

    key: str
    header: str
    example: str = ""
    note: str = ""
    is_needed: bool = False


UNITS, PEOPLE, POSTS = "单位", "人员", "任职"

KIND_TERMS = {
    "纪委监委": Unit.Kind.COMMISSION,
    "常委会": Unit.Kind.COMMITTEE,
    "内设机构": Unit.Kind.ROOM,
    "派驻机构": Unit.Kind.RESIDENT,
    "镇街纪（工）委": Unit.Kind.TOWNSHIP,
    "巡察机构": Unit.Kind.INSPECTION,
    "国企纪检机构": Unit.Kind.ENTERPRISE,
    "上级机关": Unit.Kind.SUPERIOR,
    "区域": Unit.Kind.AREA,
    "被监督单位": Unit.Kind.SUPERVISED,
    "协作单位": Unit.Kind.PARTNER,
    "其他": Unit.Kind.OTHER,
}
LEVEL_TERMS = {
    "省": Unit.Level.PROVINCE,
    "市": Unit.Level.CITY,
    "区": Unit.Level.DISTRICT,
    "镇": Unit.Level.TOWN,
}
YES_NO = {"是": True, "否": False, "": False}
REASON = "行号与原因"  # last column of a file of rejects; read past when the file comes back


def _must(key: str, header: str, example: str = "", note: str = "") -> Column:
    return Column(key, header, example, note, is_needed=True)


def _may(key: str, header: str, example: str = "", note: str = "") -> Column:
    return Column(key, header, example, note)


SHEETS: dict[str, tuple[Column, ...]] = {
    UNITS: (
        _must("name", "单位名称", "云水区示例局", "全称，不得重复"),
        _may("short_name", "简称", "示例局"),
        _must("kind", "类别", "被监督单位", "、".join(KIND_TERMS)),
        _may("level", "层级", "区", "、".join(LEVEL_TERMS) + "；空白为区"),
        _may("parent", "上级单位", "", "已登记或本表中的单位名称；空白为最上级"),
        _may("number_code", "发文代字", ""),
        _may("credit_code", "统一社会信用代码", ""),
        _may("is_ours", "本机关", "否", "是、否"),
        _may("aliases", "其他名称", "", "用顿号分隔"),
        _may("overseen_by", "负责监督的单位", "", "派驻机构或镇街纪（工）委的名称"),
    ),
    PEOPLE: (
        _must("number", "工号", "Y2001", "不得重复"),
        _must("name", "姓名", "示例人"),
        _may("id_number", "身份证号", "", "读入时即转为不可还原的摘要，只保留后四位"),
    ),
    POSTS: (
        _must("number", "工号", "Y2001", "已登记或本表中的工号"),
        _must("unit", "单位名称", "云水区示例局", "已登记或本表中的单位名称"),
        _must("title", "职务", "科员"),
        _may("roles", "角色", "承办人", "用顿号分隔；可空"),
        _must("from_on", "任职日期", "2026-01-04", "年-月-日"),
        _may("until_on", "免职日期", "", "当天仍在任；空白为在任"),
        _may("is_second", "兼任", "否", "是、否"),
    ),
}
