from hypothesis import given
from hypothesis import strategies as st

from qingfeng.plain.text import folded


def test_full_width_spaces_and_case_make_no_difference() -> None:
    assert folded("　ＥＴＣ 卡号\n") == folded("etc卡号")


@given(st.text())
def test_folding_folded_text_changes_nothing(text: str) -> None:
    once = folded(text)

    assert not any(sign.isspace() for sign in once)
    assert folded(once.strip()) == folded(folded(once))
