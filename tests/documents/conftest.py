"""A folder of attachments for each test."""

import pytest


@pytest.fixture(autouse=True)
def attachments_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "attachments"
    return settings.MEDIA_ROOT


@pytest.fixture(autouse=True)
def english():
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture
def a_slip(db):
    from a_document import an_official
    from django.db import transaction

    from qingfeng.documents.numbering import take
    from qingfeng.documents.slips import make_slip
    from qingfeng.documents.templates import Wording

    with transaction.atomic():
        number = take("云纪督", "directive", year=2026)
        official = an_official(number=number.text, return_qr="", proof=None)
        wording = Wording("directive.slip", "1", "{matter}", "{unit}", "正文")
        return make_slip(
            number, official, template=wording, fields={"unit": "区城市管理局党组", "due": official.dated}
        )
