"""Examples for /look/gallery/: every component, with long names and with nothing (fictional data)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import pgettext, pgettext_lazy

from qingfeng.look import said
from qingfeng.look.charts import Chart, Series
from qingfeng.look.confirm import Question
from qingfeng.look.diagram import Edge, Node
from qingfeng.look.lights import Light
from qingfeng.look.tables import Column, Empty, Table, order_in

LONG = "云水区文化体育广电和旅游局下属公共文化服务中心（区图书馆、区文化馆、区非物质文化遗产保护中心）"
UNITS = ("区城市管理局", "区住房和城乡建设局", LONG, "青石镇人民政府", "区卫生健康委员会")
STAGES = (
    ("registered", "已登记"),
    ("assigned", "已批办"),
    ("dispatched", "已交办"),
    ("received", "已签收"),
    ("handling", "办理中"),
    ("reported", "已报结"),
    ("accepted", "审核通过"),
    ("sent_up", "已上报"),
    ("closed", "已销号"),
)
ACTS = (
    ("registered", "assigned", "批办"),
    ("assigned", "dispatched", "交办"),
    ("dispatched", "received", "签收"),
    ("received", "handling", "开始办理"),
    ("handling", "handling", "催办"),
    ("handling", "handling", "延期"),
    ("handling", "reported", "报结"),
    ("reported", "handling", "退回"),
    ("reported", "accepted", "审核通过"),
    ("accepted", "sent_up", "上报"),
    ("sent_up", "closed", "销号"),
    ("sent_up", "handling", "上级退回"),
)


class Extension(forms.Form):
    """A form with one field of each kind."""

    until = forms.DateField(
        label=pgettext_lazy("gallery", "New due date"),
        help_text=pgettext_lazy("gallery", "Not later than 30 days after the present one."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    reason = forms.CharField(
        label=pgettext_lazy("gallery", "Reason"),
        help_text=pgettext_lazy("gallery", "It is printed on the slip as it stands here."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    unit = forms.ChoiceField(
        label=pgettext_lazy("gallery", "Unit"), choices=[("", "—"), *((name, name) for name in UNITS)]
    )
    way = forms.ChoiceField(
        label=pgettext_lazy("gallery", "Way of delivery"),
        choices=[
            ("hand", pgettext_lazy("gallery", "By hand")),
            ("post", pgettext_lazy("gallery", "By post")),
            ("site", pgettext_lazy("gallery", "On this site")),
        ],
        widget=forms.RadioSelect,
    )
    proof = forms.FileField(label=pgettext_lazy("gallery", "Proof"), required=False)
    is_told = forms.BooleanField(
        label=pgettext_lazy("gallery", "The unit has been told by telephone."), required=False
    )
    fieldsets = (
        (
            pgettext_lazy("gallery", "The extension"),
            ("until", "reason"),
            pgettext_lazy("gallery", "At most two extensions."),
        ),
        (pgettext_lazy("gallery", "Delivery"), ("unit", "way", "proof", "is_told")),
    )


def _now() -> datetime:
    return timezone.localtime().replace(hour=9, minute=30, second=0, microsecond=0)


def _rows() -> list[dict[str, Any]]:
    today = said.today()
    lights = (
        Light("red", today - timedelta(days=4), said.left(-3, "working")),
        Light("yellow", today + timedelta(days=2), said.left(2, "working")),
        Light("green", today + timedelta(days=19), said.left(13, "working")),
        Light("paused", today + timedelta(days=9)),
        Light("done"),
    )
    titles = (
        "公务用车加油卡专项核查",
        "信访积案化解情况督办",
        "关于落实公共文化场馆免费开放经费管理使用有关问题整改情况的挂单督办事项（第二批）",
        "村级集体资金管理",
        "医保基金使用",
    )
    return [
        {
            "number": f"云纪督〔2026〕{place + 7} 号",
            "title": titles[place % 5],
            "unit": {"name": UNITS[place % 5]},
            "stage": STAGES[(place * 2) % 9][1],
            "amount": Decimal("1284503.5") / (place + 1) ** 3,
            "light": lights[place % 5],
        }
        for place in range(23)
    ]


def _columns() -> list[Column]:
    return [
        Column(
            "number",
            pgettext("gallery", "Number"),
            sort="number",
            kind="exact",
            is_head=True,
            link=lambda row: f"#{row['number'][-4:-2]}",
        ),
        Column("title", pgettext("gallery", "Matter")),
        Column("unit.name", pgettext("gallery", "Unit"), sort="unit"),
        Column("stage", pgettext("gallery", "Stage"), kind="tag"),
        Column("amount", pgettext("gallery", "Amount (yuan)"), kind="amount", sort="amount"),
        Column("light", pgettext("gallery", "Due"), kind="light", sort="due"),
    ]


def _tables(request: HttpRequest) -> dict[str, Any]:
    rows = _rows()
    columns = _columns()
    order = order_in(request, columns, "due")
    if order.lstrip("-") == "amount":
        rows.sort(key=lambda row: row["amount"], reverse=order.startswith("-"))
    page = Paginator(rows, 8).get_page(request.GET.get("page"))
    nothing = Empty(
        pgettext("gallery", "No directives yet"),
        pgettext(
            "gallery",
            "Directives from the province and the city will stand here. "
            "Register the first when its letter has come.",
        ),
        pgettext("gallery", "Register a directive"),
        "#register",
    )
    return {
        "table": Table(columns, page, pgettext("gallery", "Directives"), sorted_by=order, empty=nothing),
        "totals": Table(
            columns[4:5] and [columns[1], columns[4]],
            rows[:3],
            pgettext("gallery", "Amounts"),
            totals={"amount": said.amount(sum(row["amount"] for row in rows[:3]))},
        ),
        "nothing": Table(columns, [], pgettext("gallery", "Directives"), empty=nothing),
    }


def _graph() -> dict[str, Any]:
    here = 4
    nodes = [
        Node(
            key,
            words,
            state="done" if place < here else ("here" if place == here else ""),
            is_last=place == len(STAGES) - 1,
        )
        for place, (key, words) in enumerate(STAGES)
    ]
    return {
        "nodes": nodes,
        "edges": [Edge(*act) for act in ACTS],
        "stages": STAGES,
        "few": STAGES[:5],
        "here": "handling",
    }


def _story() -> list[dict[str, Any]]:
    now = _now()
    files = [{"name": "关于延长办理期限的请示（盖章扫描件）.pdf", "href": "#file", "size": 1_284_503}]
    return [
        {
            "at": now,
            "title": "申请延期至 12月18日",
            "who": "周文谦",
            "post": "第二纪检监察室副主任",
            "kind": "act",
            "words": "现场核查需要等待第三方鉴定结论，预计 12月10日前出具。",
            "files": files,
        },
        {
            "at": now - timedelta(days=1, hours=2),
            "title": "报结未被接受：执行情况尚无凭证",
            "who": "系统",
            "kind": "refusal",
            "words": "依据：督办事项办理规则第九条。已保存填写的内容。",
        },
        {"at": now - timedelta(days=12), "title": "签收", "who": "欧阳若澜", "post": LONG, "kind": "act"},
        {"at": now - timedelta(days=14), "title": "交办", "who": "沈怀瑾", "post": "办公室主任"},
    ]


def _charts() -> list[Chart]:
    source = pgettext("gallery", "Source: directives, as of {day}").format(day=said.day(said.today()))
    return [_by_month(source), _by_stage(source), _by_unit(source), _by_amount(source)]


def _by_month(source: str) -> Chart:
    months = ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月"]
    late = [3, 2, 5, 4, 7, 6, 4, 3, 2, 1]
    on_time = [21, 18, 26, 24, 22, 25, 28, 27, 31, 34]
    return Chart(
        pgettext("gallery", "Overdue directives have fallen since May"),
        pgettext("gallery", "Directives closed per month, by whether they were in time"),
        months,
        [Series(pgettext("gallery", "In time"), on_time), Series(pgettext("gallery", "Overdue"), late)],
        kind="line",
        unit=pgettext("gallery", "items"),
        head=pgettext("gallery", "Month"),
        source=source,
    )


def _by_stage(source: str) -> Chart:
    return Chart(
        pgettext("gallery", "Most of the delay arises at dispatch"),
        pgettext("gallery", "Median working days in each stage, 2026"),
        [words for _key, words in STAGES[:6]],
        [Series(pgettext("gallery", "Working days"), [1, 2, 6.5, 2, 4, 3])],
        kind="rows",
        unit=pgettext("gallery", "days"),
        head=pgettext("gallery", "Stage"),
        source=source,
    )


def _by_unit(source: str) -> Chart:
    return Chart(
        pgettext("gallery", "Every town has returned reports"),
        pgettext("gallery", "Reports for closing by result, first ten months"),
        [name[:12] for name in UNITS],
        [
            Series(pgettext("gallery", "Accepted"), [12, 9, 14, 7, 11]),
            Series(pgettext("gallery", "Returned"), [2, 4, 1, 3, 2]),
            Series(pgettext("gallery", "Under way"), [3, 1, 2, 4, 1]),
        ],
        kind="stack",
        unit=pgettext("gallery", "items"),
        head=pgettext("gallery", "Unit"),
        source=source,
    )


def _by_amount(source: str) -> Chart:
    return Chart(
        pgettext("gallery", "Amounts and days are not related"),
        pgettext("gallery", "One point a directive"),
        [str(day) for day in range(1, 13)],
        [Series(pgettext("gallery", "Directives"), [4, 8, 3, 9, 12, 5, 7, 6, 11, 2, 8, 5])],
        kind="points",
        unit=pgettext("gallery", "days"),
        source=source,
    )


def _parts() -> dict[str, Any]:
    today = said.today()
    return {
        "lights": [row["light"] for row in _rows()[:5]],
        "today": today,
        "other_year": today.replace(year=today.year + 1, month=1, day=8),
        "now": _now(),
        "gates": _gates(),
        "tabs": [
            {"words": pgettext("gallery", "Under way"), "href": "#a", "is_here": True, "count": 1234},
            {"words": pgettext("gallery", "Closed"), "href": "#b", "count": 0},
            {"words": pgettext("gallery", "Statistics"), "href": "#c"},
        ],
        "jobs": _jobs(),
        "long": LONG,
        "long_stages": [
            (str(place), f"{words}") for place, (_key, words) in enumerate((*STAGES, *STAGES[:4]))
        ],
        **_graph(),
    }


def _gates() -> list[SimpleNamespace]:
    return [
        SimpleNamespace(
            reason=pgettext("gallery", "The result report has not been accepted."),
            law="督办事项办理规则第九条",
            href="#report",
        ),
        SimpleNamespace(reason=pgettext("gallery", "The upward receipt is missing."), law="", href=""),
        SimpleNamespace(
            reason=pgettext("gallery", "A second person has signed."),
            law="监察法第四十四条",
            href="",
            is_met=True,
        ),
    ]


def _jobs() -> list[SimpleNamespace]:
    return [
        SimpleNamespace(
            ident="one",
            words=pgettext("gallery", "Reading 加油明细/2026-10.csv"),
            share=0.42,
            is_done=False,
            href="#",
            then="",
            problem="",
        ),
        SimpleNamespace(
            ident="two",
            words=pgettext("gallery", "The import is complete"),
            share=1,
            is_done=True,
            href="#",
            then="#result",
            problem="",
        ),
    ]


def _matter() -> dict[str, Any]:
    return {
        **_parts(),
        "story": _story(),
        "clock": Light("yellow", said.today() + timedelta(days=3), said.left(3, "working")),
        "unit": LONG,
    }


def _forms() -> dict[str, Any]:
    wrong = Extension({"until": "2026-02-31", "reason": "", "unit": UNITS[2], "way": "telegram"})
    return {"blank": Extension(auto_id="blank_%s"), "wrong": wrong}


def _question() -> dict[str, Any]:
    return {
        "question": Question(
            pgettext("gallery", "Close this directive?"),
            [
                pgettext("gallery", "The number stays; nothing on it can be changed afterwards."),
                pgettext("gallery", "Everybody on it is told."),
            ],
            pgettext("gallery", "Close it"),
            "#back",
            is_danger=True,
        )
    }


PAGES: dict[str, Callable[[HttpRequest], dict[str, Any]]] = {
    "parts": lambda _request: _parts(),
    "tables": _tables,
    "forms": lambda _request: _forms(),
    "matter": lambda _request: _matter(),
    "charts": lambda _request: {"charts": _charts()},
    "public": lambda _request: {"form": Extension(), "place": 2, "total": 5},
    "confirm": lambda _request: _question(),
    "error": lambda _request: {
        "what": pgettext("gallery", "There is no such page."),
        "saved": pgettext("gallery", "Nothing was changed."),
        "do": [pgettext("gallery", "Check the address or the number.")],
        "reference": "K7QM-2XNF",
    },
}
"""Name of a page of the gallery and what it shows."""


def context(request: HttpRequest, page: str) -> dict[str, Any]:
    """Return what a page of the gallery shows."""
    return {
        "title": pgettext("gallery", "Gallery"),
        "pages": list(PAGES),
        "page_name": page,
        **PAGES[page](request),
    }
