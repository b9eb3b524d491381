"""A stolen copy of the counter's machine: its whole folder, keys and all, tells nobody what was written."""

import gzip
import io
import json
import re
import zipfile
from base64 import b64decode, b64encode
from pathlib import Path

import pytest
from a_counter_outside import Machine, Office
from ways_of_a_text import unpacked, ways_of

from qingfeng.sealing import boxes, envelope, packages
from qingfeng.sealing.arrivals import open_answer, seal_answer
from qingfeng.sealing.cards import read_card
from qingfeng.sealing.errors import SealingError

pytestmark = pytest.mark.slow
SAID = ("楼道漏水三年无人修", "周小明", "13900000000", "现场照片说明", "某科长收受烟酒", "已转住建局办理")


@pytest.fixture(scope="module")
def stolen(tmp_path_factory):
    """The folder after two letters were filed and carried and one was answered, and what the office holds."""
    folder = tmp_path_factory.mktemp("outside")
    machine, office = Machine(folder / "counter"), Office()
    machine.says("init", "--name", "网上窗口")
    counter = read_card((machine.home / "exchange" / "counter" / "card.qfk").read_bytes())
    (folder / "office.qfk").write_bytes(office.card.encoded(office.seed))
    machine.says("keys", "--office", folder / "office.qfk")
    machine.says("keys", "--heard", office.card.fingerprint)
    keys = packages.Part("counter_keys", {"file": b64encode(office.keys()).decode()})
    machine.says("import", office.package(folder / "1.qfp", counter, keys))
    told = machine.files(_letters())
    out = machine.says("export")
    answer = {"kind": "accepted", "text": f"{SAID[5]}。", "on": "2026-11-27"}
    box = seal_answer(answer, bytes.fromhex(told[0][2]))
    answered = packages.Part("counter_answers", {"number": told[0][1], "answer": b64encode(box).decode()})
    machine.says("import", office.package(folder / "2.qfp", counter, answered))
    return machine, office, told, out


def _letters():
    petition = {"line": "petition", "text": f"{SAID[0]}。", "name": SAID[1], "contact": SAID[2]}
    return [
        {**petition, "files": [[f"{SAID[3]}.txt", SAID[3]]]},
        {"line": "report", "text": f"{SAID[4]}。"},
    ]


def test_nothing_that_was_written_or_answered_stands_anywhere_in_it(stolen):
    machine, _office, told, _out = stolen
    held = machine.everything()

    assert list(_found_in(held, (*SAID, *_codes(told)))) == []


def _codes(told):
    """The codes of receipts, as people type them and as they are kept in hand."""
    return [form for code, _number, _key in told for form in (code, code.replace("-", ""))]


def _found_in(held, secrets):
    """Where any of some texts stands: in a name of a file, in what is in it, in what is packed in that."""
    for file, data in held.items():
        if "static" in file.parts:  # the site's own styles and scripts, the same in every house
            continue
        whole = [str(file).encode(), data, *unpacked(data)]
        yield from (
            (str(file), way, secret)
            for secret in secrets
            for way, said in ways_of(secret)
            for one in whole
            if said in one
        )


def test_the_same_look_finds_what_is_hidden_in_any_of_those_ways(stolen, tmp_path):
    machine, _office, _told, _out = stolen
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as held:
        held.writestr("a.txt.gz", gzip.compress(SAID[0].encode() * 3))
    hidden = {
        tmp_path / "a.bin": b"noise" + packed.getvalue(),
        tmp_path / "b.bin": SAID[1].encode("gb18030"),
        tmp_path / "c.json": json.dumps({"said": SAID[4]}).encode(),
        tmp_path / f"{SAID[3]}.bin": b"",
    }

    assert {secret for _file, _way, secret in _found_in(hidden, SAID)} == {SAID[0], SAID[1], SAID[3], SAID[4]}
    assert any("static" in one.parts for one in machine.everything())


def test_no_half_of_a_key_that_opens_is_on_the_machine(stolen):
    machine, office, _told, _out = stolen
    held = machine.everything()
    opening = (office.seed, office.secret, office.intake[0], office.custodian[0])

    ways = [form for one in opening for form in (one, b64encode(one)[:-4], one.hex().encode(), one[::-1])]

    assert [str(file) for file, data in held.items() for one in ways if one in data] == []
    assert any(office.seal in data for data in held.values())  # the halves that seal are there


def test_the_database_lies_in_the_folder_with_what_is_sealed(stolen):
    machine, _office, _told, _out = stolen
    held = b"".join(machine.everything().values())

    assert b"QFB1" in held  # boxes and streams are there: what the test above looked through was not empty
    assert b"QFS1" in held


def test_no_key_on_the_machine_opens_what_was_written_or_answered(stolen):
    machine, _office, _told, _out = stolen
    whole = b"".join(data for one, data in machine.everything().items() if one.suffix != ".json")
    boxes_there = [whole[at.start() : at.start() + 64 * 1024] for at in re.finditer(b"QFB1", whole)]

    secrets = _keys_of(machine.home)
    opened = [box for box in boxes_there for secret in secrets if _opens(box, secret)]

    assert secrets
    assert boxes_there
    assert opened == []


def _keys_of(home):
    """Every 32 bytes that a key file holds, in any way that they may be written."""
    found = set()
    for file in (home / "keys").iterdir():
        data = file.read_bytes()
        found |= {data[at : at + 32] for at in range(max(1, len(data) - 31))} if len(data) <= 256 else set()
        for text in re.findall(rb"[A-Za-z0-9+/_-]{40,}={0,2}", data):
            try:
                found.add(b64decode(text, altchars=b"-_" if b"-" in text or b"_" in text else None)[-32:])
            except ValueError:
                continue
    return {one for one in found if len(one) == 32}


def _opens(box, secret):
    """Whether a secret opens the head of a box, whatever stands behind it."""
    from qingfeng.sealing import slots

    try:
        slots.content_key(slots.read_head(box, boxes.KIND), secret)
    except SealingError:
        return False
    return True


def test_the_office_opens_with_its_own_key_what_the_package_carries(stolen, tmp_path):
    machine, office, _told, out = stolen
    package = next(Path(re.search(r"lies in (.*)", out)[1]).glob("*.qfp"))
    counter = read_card((machine.home / "exchange" / "counter" / "card.qfk").read_bytes())

    _head, parts = packages.unpack(package, tmp_path, key=counter.verify, secret=office.secret)
    batch = next(one for one in parts if one.kind == "counter_batch")
    said = envelope.open_envelope(batch.files[1].path.read_bytes(), office.intake[0])

    assert said["text"] == f"{SAID[0]}。"
    with pytest.raises(SealingError):
        envelope.open_envelope(batch.files[3].path.read_bytes(), office.intake[0])


def test_whoever_has_the_code_reads_the_answer(stolen):
    from hashlib import blake2b

    machine, _office, told, _out = stolen
    whole = b"".join(data for one, data in machine.everything().items() if "sqlite3" in one.name)
    secret = blake2b(told[0][0].encode(), digest_size=32, person=b"qingfeng-code/1").digest()
    starts = [at.start() for at in re.finditer(b"QFB1", whole)]

    read = [one for at in starts if (one := _answer(whole[at:], secret))]

    assert {one["text"] for one in read} == {f"{SAID[5]}。"}


def _answer(data, secret):
    """The answer that some bytes begin with, however long it is; None where it is none of this code."""
    if not _opens(data, secret):
        return None
    for size in range(1100, 1400):
        try:
            return open_answer(data[:size], secret)
        except SealingError:
            continue
    return None
