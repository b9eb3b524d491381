"""What was searched of a matter whose words are gone is in no page of the index."""

import pytest
from django.db import connection, transaction

from qingfeng.desk import forgetting, indexing
from qingfeng.desk.models import SearchText
from qingfeng.matters.models import Matter

pytestmark = [pytest.mark.django_db, pytest.mark.once]

WORD, ENDS = "黟驫羴", (b"f9a6b", b"b7fb4")  # how its two pairs end in the index


def pages():
    with connection.cursor() as cursor:
        cursor.execute("SELECT block FROM desk_searchgrams_data")
        return b"\0".join(bytes(block) for (block,) in cursor.fetchall())


def test_pairs_of_signs_that_were_taken_out_leave_the_pages_of_the_index_too(desk):
    matter = Matter.objects.first()
    Matter.objects.filter(pk=matter.pk).update(title=f"关于{WORD}")
    indexing.index_matters([matter.pk])
    there = [end in pages() for end in ENDS]

    with transaction.atomic():
        forgetting.forget(matter, "why")
    forgetting.write_anew.call()

    assert there == [True, True]
    assert not SearchText.objects.filter(matter=matter).exists()
    assert [end in pages() for end in ENDS] == [False, False]
