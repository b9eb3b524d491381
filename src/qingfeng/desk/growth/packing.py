"""The whole growth file as a package to take along: to be read, to be printed, to be read by a program."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from io import BytesIO
from itertools import groupby
from urllib.parse import quote

from django.template.loader import render_to_string
from django.utils.translation import get_language

from qingfeng.desk.growth.papers import paper_of
from qingfeng.documents.own_papers import own_paper_pdf
from qingfeng.growth.attaching import opened
from qingfeng.growth.files import Shown, as_json, entries_of, paths_in_package
from qingfeng.growth.models import GrowthFile
from qingfeng.matters.today import today

CONTENT_TYPE = "application/zip"


def package_of(file: GrowthFile, name: str) -> bytes:
    """Return a whole file as ZIP: HTML, PDF and JSON of the same entries, and their attachments as they are.

    Args:
        file: The file.
        name: Whose it is.

    Raises:
        qingfeng.growth.keys.Closed: If this house cannot open it.
    """
    stem, out = f"growth-{today().isoformat()}", BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(f"{stem}.html", page_of(file, name))
        packed.writestr(f"{stem}.pdf", own_paper_pdf(paper_of(file, name)))
        packed.writestr(f"{stem}.json", json.dumps(as_json(file, name), ensure_ascii=False, indent=1))
        for pk, path in paths_in_package(entries_of(file)).items():
            found = opened(file, pk)
            if found is not None:
                packed.writestr(path, found[1])
    return out.getvalue()


def page_of(file: GrowthFile, name: str) -> str:
    """Return a whole file as one HTML page that needs nothing else."""
    entries = entries_of(file)
    paths = paths_in_package(entries)
    parts = groupby(entries, key=lambda one: one.part)
    context = {
        "name": name,
        "language": get_language(),
        "begun_on": file.begun_on,
        "taken_on": today(),
        "parts": [(part.label, [(one, _links(one, paths)) for one in rows]) for part, rows in parts],
    }
    return render_to_string("desk/growth/taken.html", context)


def _links(one: Shown, paths: Mapping[int, str]) -> list[tuple[str, str]]:
    return [(quote(paths[held.pk]), held.name) for held in one.attached]
