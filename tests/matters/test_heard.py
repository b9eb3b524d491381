import an_errand
import pytest

from qingfeng.matters import heard, keeping
from qingfeng.matters.models import Matter


@pytest.fixture
def heard_acts(office, monkeypatch):
    """The matters that a listener to errands was told of; another listener always fails."""
    monkeypatch.setattr(heard, "_LISTENERS", {})
    told = []

    def fails(_matter):
        raise RuntimeError("this listener is broken")

    heard.listen("errand", fails)
    heard.listen("errand", told.append)
    heard.listen("errand", told.append)
    return told


def test_a_listener_hears_of_opening_and_voiding_once_each(heard_acts, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        matter = an_errand.an_errand()
    with django_capture_on_commit_callbacks(execute=True):
        assert keeping.void(matter, by=an_errand.who("registrar"), reason="重复登记")

    assert heard_acts == [matter.pk, matter.pk]


def test_a_listener_that_fails_undoes_nothing(heard_acts, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        matter = an_errand.an_errand()

    assert Matter.objects.filter(pk=matter.pk).exists()


def test_an_act_that_was_refused_is_not_heard(heard_acts, django_capture_on_commit_callbacks):
    from qingfeng.matters.door import perform

    with django_capture_on_commit_callbacks(execute=True):
        matter = an_errand.an_errand()
    with django_capture_on_commit_callbacks(execute=True):
        refused = perform("close", matter, by=an_errand.who("registrar"))

    assert not refused
    assert heard_acts == [matter.pk]
