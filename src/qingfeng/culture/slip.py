"""The publication slip (发布审批单): page, version, hash, who reviewed and proofread, the way back."""

from __future__ import annotations

from django.utils import timezone, translation

from qingfeng.culture.models import Medium, Publication, Signature
from qingfeng.documents.body import Paragraph, Table
from qingfeng.documents.official import Official
from qingfeng.organization.models import Unit

WAY_BACK = (
    "撤下：编辑部门在发布台填写原因即撤；公开页面保留编号、起止日期和原因。复核：发布后每满六个月一次。"
)


def official_of(row: Publication) -> Official:
    """Return the slip of a publication as an official document, in Chinese."""
    with translation.override("zh-hans"):
        return _official(row)


def _official(row: Publication) -> Official:
    version = row.version
    signed = [
        (Signature.Step(one.step).label, one.by.name, timezone.localtime(one.at).strftime("%Y-%m-%d %H:%M"))
        for one in sorted(version.signatures.select_related("by"), key=lambda one: one.step)
    ]
    content = version.content
    licences = [
        f"{no}. {one['author']}（{Medium.Licence(one['licence']).label}）"
        for no, one in enumerate(content["media"], 1)
    ]
    facts = [
        ("名称", content["name"]["zh"]),
        ("地址", f"/culture/{row.kind}s/{row.slug}/"),
        ("版本", f"第{version.no}版"),
        ("校验值", version.sha256),
        ("出处", "；".join(f"{one['title']} {one['where']}".strip() for one in content["sources"])),
        ("图片作者及授权", "；".join(licences) or "无图片"),
        ("在世人物", "涉及，已登记同意" if content["names_living"] else "不涉及"),
    ]
    commission = Unit.objects.filter(kind=Unit.Kind.COMMISSION).first()
    body = (
        Table(("事项", "内容"), tuple(facts)),
        Table(("环节", "签字人", "时间"), tuple((str(step), name, at) for step, name, at in signed)),
        Paragraph(WAY_BACK),
    )
    return Official(
        issuer=commission.name if commission else "",
        number=row.number,
        title="清廉文化内容发布审批单",
        dated=timezone.localdate(row.at),
        body=body,
        form="letter",
    )
