"""Watched folders: whatever else lies in one keeps no package away."""

import pytest
from correspondence import two_offices

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def offices(tmp_path_factory, django_db_setup, django_db_blocker):
    """Two offices that know each other."""
    with django_db_blocker.unblock():
        yield two_offices(tmp_path_factory.mktemp("houses"))


def put_in(sender, receiver, count):
    """Packages of a sender, in the receiver's own inbox."""
    from shutil import copyfile

    from qingfeng.exchange import own
    from qingfeng.exchange.models import Outgoing
    from qingfeng.exchange.outgoing import export, put_out, queue

    files = []
    with sender.entered():
        first = Outgoing.objects.count()
        for n in range(first, first + count):
            queue(sender.other, "note", {"n": n}, key=f"note:{n}")
            files.append(put_out(export(sender.other)))
    with receiver.entered():
        return [copyfile(file, own.folder("office", "in") / file.name) for file in files]


def test_a_folder_a_broken_link_and_a_package_that_breaks_keep_no_other_away(offices, monkeypatch):
    from qingfeng.exchange import incoming, own, watching

    above, here = offices
    (file,) = put_in(above, here, 1)
    take_in = incoming.take_in

    def breaks(brought, end):
        if brought.name == "2-breaks.qfp":
            raise RuntimeError(end)
        return take_in(brought, end)

    monkeypatch.setattr(incoming, "take_in", breaks)
    with here.entered():
        inbox = own.folder("office", "in")
        (inbox / "0-folder.qfp").mkdir()
        (inbox / "1-link.qfp").symlink_to(inbox / "nothing")
        (inbox / "2-breaks.qfp").write_bytes(b"")
        found = watching.look("office", still_seconds=0)

    assert [one.received.state for one in found] == ["taken"]
    assert not file.exists()
