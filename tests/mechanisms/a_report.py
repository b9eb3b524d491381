"""A report as it comes from the counter, and phrases that cost little."""

from io import BytesIO

from qingfeng.matters import sealing
from qingfeng.matters.key_models import PersonKey
from qingfeng.mechanisms.cast import PEOPLE
from qingfeng.mechanisms.report.sample import CONTENT, PHRASE, REACHED, REPORTER
from qingfeng.organization.viewer import viewer_for
from qingfeng.sealing import envelope, streams, wrapping

ENCLOSURE = "加油卡交易记录截图：十月九日上午九时，清河路站。".encode()
FILE_NAME = "交易记录-手机截图.txt"


def quick(monkeypatch):
    """Phrases that cost an eighth of the memory, as a wrapped key says of itself."""
    monkeypatch.setattr(wrapping, "MEMORY_KIB", wrapping.MEMORY_KIB // 8)


def who(office, key):
    return viewer_for(office.people[PEOPLE.get(key, key)])


def key_for(office, key, phrase=PHRASE):
    person = office.people[PEOPLE.get(key, key)]
    return PersonKey.objects.filter(person=person).first() or sealing.make_key(person, phrase)


def arrival(*keys, excludes=(), **said):
    """An envelope and its one enclosure, sealed to custodians as the counter does it."""
    to = [bytes(one.public) for one in keys]
    content = {"line": "report", "name": REPORTER, "contact": REACHED, "text": CONTENT,
               "excludes": list(excludes), "files": [FILE_NAME], **said}  # fmt: skip
    sealed = BytesIO()
    streams.seal_stream(BytesIO(ENCLOSURE), sealed, to)
    return envelope.close(content, to), [sealed.getvalue()]
