"""Many writers and publishers at once, and processes that are killed: on SQLite files and on PostgreSQL."""

import json
import signal

from qingfeng.journal.folder import LogFolder
from qingfeng.journal.tree import GrowingTree, leaf_hashes

WRITE = """
import threading
from django.db import connections, transaction
from qingfeng.journal.store import append

def write(name, number):
    for at in range(number):
        try:
            with transaction.atomic():
                append("matter.performed", subject=f"{name}-{at}", personal={"name": "赵清和"})
                if at % 7 == 3:
                    raise ZeroDivisionError
        except ZeroDivisionError:
            pass
    connections.close_all()
"""
PUBLISH = """
from qingfeng.journal.publisher import publish, Publisher
from django.conf import settings
"""
CHECK = """
import json
from pathlib import Path
from django.conf import settings
from qingfeng.journal.guard import database_rows
from qingfeng.journal.models import JournalAlarm, JournalEntry
from qingfeng.journal.verifying import verify_home
entries = JournalEntry.objects.filter(log="internal").with_places().order_by("place")
print(json.dumps({
    "differences": [str(one) for one in verify_home(Path(settings.HOME), database_rows())],
    "indexes": [entry.index for entry in entries],
    "subjects": sorted(entry.subject for entry in entries),
    "alarms": [str(alarm) for alarm in JournalAlarm.objects.all()],
}))
"""


def seen(house):
    exit_code, said, complaint = house.run(CHECK)
    assert exit_code == 0, complaint
    return json.loads(said)


def finish(children):
    told = [child.communicate(timeout=300) for child in children]
    assert [child.returncode for child in children] == [0] * len(children), told
    return [said.strip() for said, _ in told]


def kept(names, number):
    return sorted(f"{name}-{at}" for name in names for at in range(number) if at % 7 != 3)


def test_writers_and_publishers_in_several_processes_lose_nothing_and_make_one_tree(house):
    writers = [house.start(WRITE + "write(sys.argv[1], 40)", name) for name in "abc"]
    publishers = [
        house.start(PUBLISH + "print(sum(publish('internal', wait=True) for _ in range(25)))")
        for _ in range(2)
    ]

    finish(writers)
    finish(publishers)
    last = finish([house.start(PUBLISH + "print(publish('internal', wait=True))")])

    told = seen(house)
    assert int(last[0]) >= 0
    assert told["subjects"] == kept("abc", 40)
    assert told["indexes"] == list(range(len(told["subjects"])))
    assert (told["differences"], told["alarms"]) == ([], [])


def test_writers_and_publishers_in_threads_of_one_process_do_the_same(house):
    code = (
        WRITE
        + PUBLISH
        + """
def keep_publishing():
    for _ in range(20):
        publish("internal", wait=True)
    connections.close_all()

threads = [threading.Thread(target=write, args=(name, 30)) for name in "ab"]
threads += [threading.Thread(target=keep_publishing) for _ in range(2)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
publish("internal", wait=True)
"""
    )

    exit_code, _, complaint = house.run(code)

    assert (exit_code, complaint) == (0, "")
    told = seen(house)
    assert told["subjects"] == kept("ab", 30)
    assert told["indexes"] == list(range(len(told["subjects"])))
    assert (told["differences"], told["alarms"]) == ([], [])


def test_a_publisher_leaves_the_turn_to_the_one_that_has_it(house):
    code = (
        WRITE
        + PUBLISH
        + """
from qingfeng.journal.store import folder_of
write("a", 3)
with folder_of("internal").turn(wait=False) as mine:
    print(mine, publish("internal"))
print(publish("internal"))
"""
    )

    exit_code, said, complaint = house.run(code)

    assert exit_code == 0, complaint
    assert said.split() == ["True", "0", "3"]


# A child process counts what the interpreter tells its auditors below the home's journal and keys,
# and what the database is asked to write, and kills itself at the n-th such event, as power would.
# Its parent looks at what is left, lets people go on writing, and sends the next one.
KILLED = """
import os, signal
from itertools import count
from django.db import connection
from qingfeng.journal.guard import database_rows
from qingfeng.journal.models import JournalAlarm
from qingfeng.journal.publisher import publish
from qingfeng.journal.store import folder_of
from qingfeng.journal.verifying import verify_home
home, left = settings.HOME, 0

def one():
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

def audit(event, args):
    if left > 0 and event in ("open", "os.rename", "os.mkdir", "sqlite3.connect", "shutil.rmtree"):
        if any(f"{home}/journal" in str(arg) or f"{home}/keys" in str(arg) for arg in args):
            one()

def statement(execute, sql, params, many, context):
    result = execute(sql, params, many, context)
    if sql.startswith(("UPDATE", "INSERT")):
        one()
    return result

def child(event):
    global left
    left = event
    with connection.execute_wrapper(statement):
        publish("internal")

sys.addaudithook(audit)
signed = folder_of("internal").note()
for event in count(1):
    connections.close_all()
    pid = os.fork()
    if not pid:
        child(event)
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    wrong = [str(one) for one in verify_home(home, database_rows())]
    wrong += [str(alarm) for alarm in JournalAlarm.objects.all()]
    assert not wrong, (event, wrong)
    if status == 0:
        break
    assert os.WTERMSIG(status) == signal.SIGKILL, status
    if folder_of("internal").note() != signed:
        signed = folder_of("internal").note()
        write(f"after-{event}", 80)
print(event)
"""


def test_a_publisher_killed_at_any_point_leaves_a_journal_that_the_next_one_completes(house):
    begin = "write('a', 250); publish('internal'); write('b', 60)"

    exit_code, said, complaint = house.run(f"{WRITE}{PUBLISH}{begin}\n{KILLED}")

    assert exit_code == 0, complaint
    assert int(said) > 30, "the publication has so few points that the test no longer reaches its middle"
    finish([house.start(PUBLISH + "print(publish('internal'))")])
    told = seen(house)
    assert told["indexes"] == list(range(len(told["subjects"])))
    assert set(kept("a", 250) + kept("b", 60)) <= set(told["subjects"])
    assert (told["differences"], told["alarms"]) == ([], [])
    folder = LogFolder(house.home, "internal")
    checkpoint = folder.checkpoint(folder.note())
    tree = GrowingTree()
    tree.extend(leaf_hashes(folder.entry(index, checkpoint.size) for index in range(checkpoint.size)))
    assert tree.root == checkpoint.root


def test_a_publisher_killed_between_tiles_and_checkpoint_signs_what_it_finds_afterwards(house):
    """Rows that commit in between take part; the unsigned tiles are written over."""
    code = WRITE + PUBLISH + "write('a', 5); publish('internal'); write('b', 2)"
    assert house.run(code)[0] == 0
    killed = """
import os, signal
from qingfeng.journal import publisher
publisher.signed = lambda *a: os.kill(os.getpid(), signal.SIGKILL)
publisher.publish("internal")
"""
    assert house.run(killed)[0] == -signal.SIGKILL
    folder = LogFolder(house.home, "internal")
    assert (folder.root / "tile/0/000.p/6").exists(), "the tiles of the cut-off publication are there"
    signed_before = folder.checkpoint(folder.note()).size

    finish([house.start(WRITE + "write('c', 2)")])
    finish([house.start(PUBLISH + "print(publish('internal'))")])

    told = seen(house)
    assert (signed_before, folder.checkpoint(folder.note()).size) == (4, 8)
    assert (told["differences"], told["alarms"]) == ([], [])
