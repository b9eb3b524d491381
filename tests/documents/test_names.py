import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingfeng.documents.names import LONGEST, clean_name


@pytest.mark.parametrize(
    ("brought", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\windows\\system.txt", "system.txt"),
        ("/abs/路径/督办单.pdf", "督办单.pdf"),
        ("a\0b.pdf", "ab.pdf"),
        ("报告\u202efdp.exe", "报告fdp.exe"),
        ("  . 督办单 .pdf ", "督办单.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ('a"b<c>|d?.pdf', "a_b_c__d_.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("", "file"),
        ("...", "file"),
        (".pdf", "pdf"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_a_name_is_made_safe(brought, kept):
    assert clean_name(brought) == kept


@settings(deadline=None)
@given(st.text())
def test_no_name_leads_anywhere_or_deceives(name):
    kept = clean_name(name)

    assert kept
    assert len(kept) <= LONGEST
    assert not set(kept) & set('/\\\0\r\n"\u202e\u2066\u200f')
    assert not kept.startswith(".")
    assert clean_name(kept) == kept
