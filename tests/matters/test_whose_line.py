"""The door writes whose a new line is, where the declaration names a column for it (`Entry.author`)."""

from qingfeng.matters.checks import problems
from qingfeng.matters.models import LedgerLine
from qingfeng.matters.sheets import ReadLine, ReadSheet
from qingfeng.matters.vocabulary import Act, Entry, Field, Ledger, Mechanism, Role, Stage

COLUMNS = (Field("whose", "Whose", "person"), Field("note", "Note"))
NOTES = Ledger("notes", "Notes", fields=COLUMNS, states=(("made", "made"),))


def declared(author):
    """A small declaration in which somebody writes a note of their own."""
    return Mechanism(
        key="noted",
        name="Noted",
        term="记",
        purpose="To be noted.",
        stages=(Stage("begun", "Begun", rests="It waits."), Stage("ended", "Ended", open=False)),
        parties=(Role("head", "Head", office=("dept_head",)),),
        opened_by=("head",),
        acts=(
            Act("note", "Note", by="head", from_="begun", enters=(Entry("notes", "made", author=author),)),
            Act("end", "End", by="head", from_="begun", to="ended"),
        ),
        ledgers=(NOTES,),
    )


def test_no_form_asks_whose_a_line_is():
    entry = Entry("notes", "made", author="whose")

    assert [one.key for one in entry.asks(NOTES)] == ["note"]


def test_a_new_line_is_of_who_acts_and_a_changed_one_stays_whose_it_was():
    entry = Entry("notes", "made", author="whose")
    new, old = ReadLine(entry, {"note": "一"}), ReadLine(entry, {"note": "二", "whose": 3}, LedgerLine())
    bare = ReadLine(Entry("notes", "made"), {"note": "三"})

    ReadSheet({}, {}, (new, old, bare), {}).write_authors(7)

    assert (new.facts["whose"], old.facts["whose"], "whose" in bare.facts) == (7, 3, False)


def test_a_column_that_is_not_there_is_told_and_a_declaration_without_one_keeps_its_digest():
    wrong = [one.msg for one in problems(declared("whos"))]

    assert any("names the column whos" in one for one in wrong)
    assert list(problems(declared("whose"))) == []
    assert declared("").digest != declared("whose").digest
