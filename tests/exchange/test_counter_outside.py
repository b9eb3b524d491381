"""The counter on another machine: letters get inside, answers come back, nothing is dropped unseen."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from correspondence import days, two_networks

pytestmark = pytest.mark.django_db
PHRASE = "a phrase that nobody guesses"


@pytest.fixture(scope="module")
def ends(tmp_path_factory, django_db_setup, django_db_blocker):
    """The office and its counter; the counter has been told whom to seal to."""
    with django_db_blocker.unblock():
        office, counter = two_networks(tmp_path_factory.mktemp("houses"))
        with office.entered():
            _a_custodian_has_a_key()
            _tell()
        counter.takes(office.sends())
        yield office, counter


@pytest.fixture
def office(ends):
    """The office inside."""
    return ends[0]


@pytest.fixture
def counter(ends):
    """The counter outside."""
    return ends[1]


def _a_custodian_has_a_key():
    from qingfeng.matters.sealing import make_key
    from qingfeng.organization.models import PostRole

    make_key(PostRole.objects.filter(role="custodian").first().post.person, PHRASE)


def _tell():
    from qingfeng.exchange.counter_keys import tell_counters

    tell_counters()


def written(counter, text, line="petition", **others):
    """A letter filed at the counter: the code and its number."""
    from qingfeng.public.counter import filing, house
    from qingfeng.public.counter.letters import Letter

    with counter.entered():
        keys = house.house()
        filed = filing.file_letter(Letter(line, text, **others), house.receivers(keys, line))
        return filed.code, filed.arrival.number


def handed_over(counter, office):
    """What arrived goes inside, and the receipt comes back."""
    brought = office.takes(counter.sends())
    if (back := office.sends()) is not None:
        counter.takes(back)
    return brought.received


def matter_of(number):
    """The matter that an arrival became, in the house that is entered."""
    from qingfeng.exchange.models import Asker
    from qingfeng.matters.models import Matter

    kind, slug = next(one for one in Asker.objects.all() if one.there == number).about.split("/")
    return Matter.objects.get(mechanism=kind, slug=slug)


def answers_for(counter, code):
    """What whoever types a code reads."""
    from qingfeng.public.counter import codes
    from qingfeng.public.counter.models import Answer, Arrival
    from qingfeng.sealing.arrivals import open_answer

    with counter.entered():
        arrival = Arrival.objects.get(code_digest=codes.digest_of(code))
        secret = codes.pair_of(code)[0]
        return [open_answer(bytes(one.held), secret) for one in Answer.objects.filter(arrival=arrival)]


@pytest.fixture(scope="module")
def petition(ends):
    """A petition that was filed outside, taken up inside and asked about: code, number, matter."""
    office, counter = ends
    files = (("照片说明.txt", "三号楼东侧。".encode()),)
    given = {"about": "漏水", "name": "周小明", "files": files}
    code, number = written(counter, "楼道漏水三年无人修。", **given)
    handed_over(counter, office)
    with office.entered():
        matter = matter_of(number)
        chosen = {
            "line": "demand",
            "line_why": "求决事项。",
            "area": "other",
            "topic": "other",
            "level": "district",
        }
        office.act("classify", matter, "petition_registrar", facts=chosen)
        office.act("accept", matter, "petition_registrar", facts={"told_how": "written"})
        line = {"said_by": "office", "said": "请说明漏水从何时开始。", "said_on": days(0)}
        office.act("write_to", matter, "petition_registrar", lines={"dialogue": [line]})
    counter.takes(office.sends())
    return code, number, matter


def test_a_petition_filed_outside_becomes_one_inside_with_its_enclosure(office, petition):
    _code, _number, matter = petition

    assert matter.mechanism == "petition"
    assert matter.facts["demand"] == "楼道漏水三年无人修。"
    with office.entered():
        assert {one.attachment.name for one in matter.files.select_related("attachment")} == {"照片说明.txt"}


def test_its_notice_and_a_question_reach_whoever_has_the_code_and_nobody_else(counter, petition):
    code, _number, matter = petition

    said = {one["kind"]: one for one in answers_for(counter, code)}

    assert "受理" in said["accepted"]["title"]
    assert matter.number in said["accepted"]["text"]
    assert said["question"]["text"] == "请说明漏水从何时开始。"
    with counter.entered():
        assert "请说明漏水从何时开始".encode() not in _everything(
            counter.house.home, _database(counter.house)
        )


def test_the_reply_comes_back_into_the_dialogue_of_the_same_petition(office, counter, petition):
    from qingfeng.public.counter import filing, house
    from qingfeng.public.counter.letters import Letter

    code, number, matter = petition
    letter = Letter("petition", "从前年雨季开始。", answers_to=number, says="reply")
    with counter.entered():
        filing.file_letter(letter, house.receivers(house.house(), "petition"), code=code, place=1)
    handed_over(counter, office)

    with office.entered():
        said = [one.facts["said"] for one in matter.lines.filter(ledger="dialogue").order_by("no")]

    assert said == ["请说明漏水从何时开始。", "从前年雨季开始。"]


def test_a_report_stays_sealed_and_waits_for_its_line(office, counter):
    from qingfeng.exchange.models import Incoming, Received

    _code, number = written(counter, "某科长收受礼品。", line="report")
    received = handed_over(counter, office)

    with office.entered():
        part = Incoming.objects.get(received=received, key=f"arrival:{number}")
        held = _everything(office.house.home, _database(office.house))

    assert received.state == Received.State.TAKEN
    assert part.kind == "counter_arrival"
    assert "某科长收受礼品".encode() not in held


def test_the_outer_checkpoint_is_an_entry_of_the_inner_log(office, counter):
    from qingfeng.journal.models import JournalEntry
    from qingfeng.journal.store import folder_of

    written(counter, "建议增设路灯。", line="suggestion")
    handed_over(counter, office)
    with counter.entered():
        note = folder_of("counter").note().decode()

    with office.entered():
        held = [
            one.said["facts"]
            for one in JournalEntry.objects.filter(kind="exchange.counter_checkpoint").order_by("pk")
        ]

    assert held[-1]["checkpoint"] == note


def test_what_the_office_has_is_let_go_outside(office, counter):
    from qingfeng.public.counter.models import Arrival

    written(counter, "公交站牌损坏。")
    handed_over(counter, office)
    counter.sends()

    with counter.entered():
        kept = [bytes(one.envelope) for one in Arrival.objects.filter(is_carried=True)]
        waiting = Arrival.objects.filter(is_carried=False).count()

    assert kept
    assert set(kept) == {b""}
    assert waiting == 0


def test_an_older_edition_of_the_keys_never_replaces_a_newer_one(office, counter):
    from qingfeng.exchange import own
    from qingfeng.exchange.counter_keys import current
    from qingfeng.public.counter import house

    with office.entered():
        mine, keys = own.newest("office"), current()
        older = replace(keys, number=keys.number - 1, custodians=()).encoded(mine.seed)
    with counter.entered():
        was = house.house()

        assert house.take_keys(older, mine.card.verify) is False
        assert house.house() == was


def test_a_part_that_was_split_off_answers_outside_under_the_code_and_is_answered_to(office, counter):
    """Both matters answer; what the counter keeps of it is as many sealed rows, of one length, as before."""
    code, number = written(counter, "泵房夜里响；楼道没有灯。")
    handed_over(counter, office)
    with office.entered():
        from qingfeng.matters.keeping import split

        matter = matter_of(number)
        done = split(matter, title="楼道照明", lines={}, by=office.person("principal"), reason="两件事")
        part = done.opened[0]
    counter.takes(office.sends())
    with counter.entered():
        from qingfeng.public.counter import codes, filing, house
        from qingfeng.public.counter.following import followed
        from qingfeng.public.counter.letters import Letter
        from qingfeng.public.counter.models import Arrival

        found = followed(code)
        keys = house.house()
        for place, key in ((1, part.slug), (2, "")):
            letter = Letter("petition", "三楼。", answers_to=number, says="reply", part=key)
            filing.file_letter(letter, house.receivers(keys, "petition"), code=found.code, place=place)
        there = Arrival.objects.filter(code_digest__in=[codes.digest_of(found.code, at) for at in range(3)])
        lengths = {len(bytes(one.own)) for one in there}
    handed_over(counter, office)

    assert [(one.key, one.title) for one in found.parts] == [("", ""), (part.slug, "楼道照明")]
    assert [one.kind for one in found.parts[1].dialogue] == ["part"]
    assert len(lengths) == 1
    with office.entered():
        heard = [one.lines.filter(ledger="dialogue").count() for one in (matter, part)]
    assert heard == [1, 1]


CHANGES = {
    "an entry is dropped": lambda entries, parts: (entries[1:], parts),
    "entries are in another order": lambda entries, parts: (entries[::-1], parts),
    "an entry is changed": lambda entries, parts: (
        [entries[0].replace(b'"v":1', b'"v":2'), *entries[1:]],
        parts,
    ),
    "an entry is put in": lambda entries, parts: ([*entries, entries[0]], parts),
    "an arrival is dropped and its entry kept": lambda entries, parts: (entries, parts[1:]),
    "an arrival is given another content": lambda entries, parts: (entries, [_changed(parts[0]), *parts[1:]]),
    "an arrival is there twice": lambda entries, parts: (entries, [*parts, parts[0]]),
    "two arrivals change places": lambda entries, parts: (
        entries,
        [(parts[0][0], parts[1][1]), (parts[1][0], parts[0][1]), *parts[2:]],
    ),
}


def _changed(part):
    path = part[1][0].path
    held = path.read_bytes()
    path.write_bytes(held[:-1] + bytes([held[-1] ^ 1]))
    return part


@pytest.mark.parametrize("what", list(CHANGES))
def test_a_batch_is_refused_whole_when(office, counter, what):
    from qingfeng.exchange.models import Asker, Stream

    written(counter, "路面塌陷。")
    written(counter, "井盖缺失。")
    with office.entered():
        before = (Asker.objects.count(), Stream.objects.values_list("received_number", "log_size").get())
    package = _forged(counter, office, CHANGES[what])

    brought = office.takes(package)

    with office.entered():
        after = (Asker.objects.count(), Stream.objects.values_list("received_number", "log_size").get())
    assert brought.received.state == "refused"
    assert brought.received.what
    assert brought.received.then
    assert after == before
    assert handed_over(counter, office).state == "taken"


def _forged(counter, office, change):
    """A package of whoever holds the outer machine: rightly signed, its batch changed."""
    from qingfeng.exchange import own
    from qingfeng.exchange.correspondents import stream_of
    from qingfeng.journal.tiles import bundle_of, entries_in
    from qingfeng.public.counter.packing import offer
    from qingfeng.sealing import packages

    with counter.entered():
        work = own.folder("counter", "forging")
        stream = stream_of(counter.other)
        (part,) = offer(stream, work, at_once=True).parts
        said, files = list(part.content["arrivals"]), list(part.files)
        groups, rest = [], files[1:]
        for one in said:
            groups.append((one, rest[: 1 + one["files"]]))
            rest = rest[1 + one["files"] :]
        entries, groups = change(entries_in(files[0].path.read_bytes()), groups)
        files[0].path.write_bytes(bundle_of(entries))
        held = [packages.enclose(files[0].path)]
        held += [packages.enclose(one.path) for _said, group in groups for one in group]
        content = {**part.content, "arrivals": [one for one, _group in groups]}
        mine = own.newest("counter")
        address = packages.Address(
            mine.card.key_id,
            office.card.key_id,
            "main",
            stream.sent_number + 1,
            stream.sent_digest,
            "2026-11-27",
        )
        target = work / f"forged-{len(list(work.iterdir()))}.qfp"
        forged = packages.Part(part.kind, content, tuple(held))
        packages.write_package(target, address, [forged], seed=mine.seed, to=[office.card.seal])
        return target


def test_an_outer_machine_that_was_set_back_is_noticed(office, counter):
    kept = _copy_of(counter)
    written(counter, "噪声扰民。")
    handed_over(counter, office)
    _put_back(counter, kept)
    written(counter, "另一封信。")

    brought = office.takes(counter.sends())

    assert brought.received.state == "refused"
    assert "was taken before" in brought.received.what or "已" in brought.received.what


def _copy_of(counter):
    """A backup of the outer machine: home and database."""
    kept = counter.house.home.with_name("kept")
    with counter.entered():
        rows = _dumped()
    shutil.copytree(counter.house.home, kept, ignore=shutil.ignore_patterns("*.sqlite3*"))
    return kept, rows


def _put_back(counter, kept):
    home, rows = kept
    for one in ("journal", "exchange", "counter", "keys"):
        shutil.rmtree(counter.house.home / one, ignore_errors=True)
        if (home / one).exists():
            shutil.copytree(home / one, counter.house.home / one)
    with counter.entered():
        _restored(rows)


def _tables():
    from django.apps import apps
    from django.db import connection

    labels = ("journal", "exchange", "counter")
    del connection
    return [model for label in labels for model in apps.get_app_config(label).get_models()]


def _dumped():
    return {model: [dict(row) for row in model._base_manager.values()] for model in _tables()}


def _restored(rows):
    from django.db import connection, transaction

    with transaction.atomic(), connection.constraint_checks_disabled(), connection.cursor() as cursor:
        names = [model._meta.db_table for model in _tables()]
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for name in reversed(names):
            cursor.execute(f'DELETE FROM "{name}"')
        for model, held in rows.items():
            model._base_manager.bulk_create([model(**row) for row in held])


def _database(house):
    """What a database holds, as bytes: the files of SQLite with the write-ahead log, or all rows as text."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return b"".join(
            Path(f"{house.database}{end}").read_bytes()
            for end in ("", "-wal")
            if Path(f"{house.database}{end}").exists()
        )
    said = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            said += [
                bytes(one) if isinstance(one, memoryview) else str(one).encode()
                for row in cursor.fetchall()
                for one in row
            ]
    return b"\n".join(said)


def _everything(home, database):
    """Every byte of a home, and of its database."""
    files = [
        one.read_bytes() for one in sorted(home.rglob("*")) if one.is_file() and "sqlite3" not in one.name
    ]
    return b"\n".join([database, *files])
