import pytest

from qingfeng.desk.kinds import KindConverter, kind_of, plural


@pytest.mark.parametrize(
    ("key", "word"),
    [
        ("directive", "directives"),
        ("accountability", "accountabilities"),
        ("data_request", "data-requests"),
        ("case", "cases"),
        ("duty", "duties"),
        ("reception_day", "reception-days"),
        ("process", "processes"),
    ],
)
def test_an_address_names_a_kind_by_its_plural(key, word):
    assert plural(key) == word


def test_a_plural_leads_back_to_its_mechanism():
    assert kind_of("accountabilities").key == "accountability"


def test_another_word_is_no_address_of_the_desk():
    with pytest.raises(ValueError, match="accounts"):
        KindConverter().to_python("accounts")


def test_a_form_offers_no_level_on_which_nobody_could_carry_the_matter():
    from qingfeng.desk.opening import levels
    from qingfeng.matters.registry import mechanism

    assert "restricted" not in dict(levels(mechanism("directive")))
    assert list(dict(levels(mechanism("revisit")))) == ["restricted"]
