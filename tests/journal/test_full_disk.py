"""A disk that is full while the journal is written: it is said, nothing is half, and nothing is lost."""

import pytest

FULL = """
import resource
from django.db import OperationalError, transaction
from qingfeng.journal.errors import JournalProblem
from qingfeng.journal.publisher import publish
from qingfeng.journal.store import Draft, append_many, folder_of

def write(name, number, size=400):
    with transaction.atomic():
        append_many(Draft("t.e", subject=f"{name}-{at}", facts={"x": "x" * size}) for at in range(number))

def room(most):
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
"""
SEEN = """
from pathlib import Path
from django.conf import settings
from qingfeng.journal.guard import database_rows
from qingfeng.journal.models import JournalAlarm, JournalEntry
from qingfeng.journal.verifying import verify_home
room(resource.RLIM_INFINITY)
halves = [path.name for path in Path(settings.HOME).rglob(".*.new")]
wrong = [str(one) for one in verify_home(Path(settings.HOME), database_rows())]
print(JournalEntry.objects.count(), halves, wrong, [str(one) for one in JournalAlarm.objects.all()])
print(publish("internal"), sum(one.index is None for one in JournalEntry.objects.all()))
"""


def test_tiles_that_do_not_fit_are_said_and_published_when_there_is_room_again(house):
    code = """
write("a", 3); publish("internal"); write("b", 300)
signed = folder_of("internal").note()
room(60_000)
try:
    publish("internal")
except JournalProblem as problem:
    print(problem.what)
    print(problem.then)
print(folder_of("internal").note() == signed)
"""

    exit_code, said, complaint = house.run(FULL + code + SEEN)

    assert exit_code == 0, complaint
    assert said.splitlines() == [
        "The disk is full: the journal is not published.",
        "Make room. Nothing is lost: entries wait in the database and are published next time.",
        "True",
        "303 [] [] []",
        "300 0",
    ]


def test_a_database_that_cannot_grow_takes_the_whole_act_back_and_goes_on_when_there_is_room(house, request):
    if request.config.getoption("--postgres"):
        pytest.skip("a server writes its own files, within its own limits")
    code = """
write("a", 3); publish("internal")
room(400_000)
try:
    write("b", 3_000)
except OperationalError as error:
    print("full" in str(error) or "I/O" in str(error))
room(resource.RLIM_INFINITY)
write("c", 2)
"""

    exit_code, said, complaint = house.run(FULL + code + SEEN)

    assert exit_code == 0, complaint
    assert said.splitlines() == ["True", "5 [] [] []", "2 0"]
