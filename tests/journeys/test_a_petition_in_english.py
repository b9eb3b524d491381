"""A petition in English, from the first question to the last word, with scripts and without.

Enclosures, the receipt and its proof (checked on a machine without a network), a question answered, the name
taken off, an objection, a review, how satisfied: each is said at the counter and arrives at the office.
"""

import io

import pytest
from a_writer import DESK, PHONE, Writer, office_does
from in_chromium import needs_chromium
from PIL import Image

pytestmark = [*needs_chromium, pytest.mark.django_db(transaction=True), pytest.mark.slow]
TEXT = "The pump house hums all night. Please measure it at night and tell me what follows."
DECIDED = {
    "line": "demand",
    "line_why": "要求主管单位履职。",
    "area": "grassroots",
    "topic": "housing",
    "level": "district",
}


def enclosures():
    """A photograph and a note."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (90, 120, 130)).save(out, "JPEG")
    note = b"Dates and hours: 3 to 9 January, 23:00 to 05:00."
    return (
        {"name": "pump house.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()},
        {"name": "hours.txt", "mimeType": "text/plain", "buffer": note},
    )


def saved_proof(writer, folder):
    """Save the proof of the receipt that is shown, as a file."""
    writer.page.locator(".proof > summary").click()
    with writer.page.expect_download() as begun:
        writer.page.click("a[download$='.proof']")
    file = folder / begun.value.suggested_filename
    begun.value.save_as(file)
    return file


def checked_without_a_network(road, writer, proof, folder):
    """Save the page that checks, open it from the disk with the network off, and bring it the proof."""
    writer.go("proof/")
    with writer.page.expect_download() as begun:
        writer.page.get_by_role("link", name="One page for your own machine").click()
    page_file = folder / begun.value.suggested_filename
    begun.value.save_as(page_file)
    spoiled = folder / "spoiled.proof"
    spoiled.write_text(proof.read_text().replace("index ", "index 1", 1))
    context, asked = road.browser.new_context(offline=True, viewport=PHONE), []
    page = context.new_page()
    page.on("request", lambda one: asked.append(one.url))
    page.goto(page_file.as_uri())
    told = []
    for file in (proof, spoiled):
        page.evaluate("document.querySelectorAll('[data-verdict]').forEach((one) => one.replaceChildren())")
        page.set_input_files("main:visible input[type=file]", file)
        page.click("main:visible button[type=submit]")
        page.locator("main:visible [data-verdict] h2").wait_for()
        told.append(page.inner_text("main:visible [data-verdict]"))
    context.close()
    assert {one.split(":")[0] for one in asked} == {"file"}
    return told


def checked_without_scripts(writer, proof):
    """Bring the proof, and one that was changed, to the counter's page."""
    told = []
    for text in (proof.read_text(), proof.read_text().replace("index ", "index 1", 1)):
        writer.go("proof/")
        writer.page.fill("#text", text)
        with writer.page.expect_navigation():
            writer.page.get_by_role("button", name="Check").click()
        told.append(writer.page.inner_text("main .said"))
    return told


def the_office_asks(road, matter):
    """Let the office decide which line it is, take it up, and ask something."""
    from qingfeng.matters.door import perform
    from qingfeng.organization.viewer import viewer_for

    registrar = viewer_for(road.person("petition_registrar"))
    with road.on(0):
        perform("classify", matter, by=registrar, facts=DECIDED)
    office_does(road, matter, after="", until="accept")
    with road.on(road.day):
        matter.refresh_from_db()
        asks = {"said_by": "office", "said": "Which floor do you live on?", "said_on": "2026-01-09"}
        asked = perform("write_to", matter, by=registrar, lines={"dialogue": [asks]})
    assert asked, asked


@pytest.mark.parametrize(
    ("size", "scripts"),
    [
        pytest.param(PHONE, True, id="phone", marks=pytest.mark.on_postgres),
        pytest.param(PHONE, False, id="phone without scripts", marks=pytest.mark.on_postgres),
        pytest.param(DESK, True, id="desk"),
    ],
)
def test_a_petition_in_english_is_heard_to_its_end(home, road, tmp_path, size, scripts):
    from qingfeng.matters.models import Matter
    from qingfeng.project.both_ends import go_round

    (home / "counter.toml").write_text("wait_seconds = 2\nread_seconds = 2\n", encoding="utf-8")
    writer = Writer(road, size, lang="en", scripts=scripts, accept_downloads=True)

    def carried():
        with road.on(road.day):
            go_round(at_once=True)

    def said(what, text="", rating=0):
        with road.on(road.day):
            read = writer.opens(code)
            writer.says(what, text, rating)
        carried()
        return read

    with road.on(0):
        go_round(at_once=True)
        code = writer.answers(
            "petition", about="Pump house", text=TEXT, name="Mei Jianshan", contact="Box 7",
            files=enclosures(), room="第一纪检监察室",
        )  # fmt: skip
        receipt = writer.page.inner_text("main")
        proof = saved_proof(writer, tmp_path)
        told = (
            checked_without_a_network(road, writer, proof, tmp_path)
            if scripts
            else checked_without_scripts(writer, proof)
        )
        go_round(at_once=True)
        matter = Matter.objects.get(mechanism="petition")
        held = sorted(one.attachment.name for one in matter.files.all())
    the_office_asks(road, matter)
    carried()
    question = said("reply", "On the third floor.")
    said("name_off")
    office_does(road, matter, after="accept", until="serve")
    carried()
    said("object", "It was measured by day.")
    opinion = said("review", "Please measure at night.")
    office_does(road, matter, after="serve", until="review")
    carried()
    reviewed = said("rate", "At last.", rating=4)

    matter.refresh_from_db()
    assert "Keeping this proves that you wrote to us. You may keep the code only." in receipt
    assert "It verifies" in told[0]
    assert "It does not verify" in told[1]
    assert held == ["hours.txt", "pump house.jpg"]
    assert matter.facts["demand"] == TEXT
    assert "Which floor do you live on?" in question
    assert "You objected." in opinion
    assert "Say how satisfied you are" in reviewed
    assert not matter.facts.get("petitioner")
    assert (matter.facts["rating"], matter.facts["satisfied"]) == (4, "rather")
    assert [one.facts.get("said_as") for one in matter.lines.filter(ledger="dialogue").order_by("no")] == [
        None,
        "reply",
        "name_off",
        "object",
        "review",
        "rate",
    ]
    assert writer.page.context.cookies() == []
    assert writer.found == []
