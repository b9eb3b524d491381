"""A look through all tables and attachments: where do some words still stand."""

from pathlib import Path

from django.apps import apps
from django.conf import settings


def found(words):
    """Where words stand: tables of all models by name, and files of attachments."""
    seen = set()
    for model in apps.get_models():
        for row in model.objects.all().values_list():
            said = " ".join(
                bytes(cell).decode(errors="replace") if isinstance(cell, bytes | memoryview) else str(cell)
                for cell in row
            )
            seen |= {(model._meta.label, word) for word in words if word in said}
    for file in Path(settings.MEDIA_ROOT).rglob("*"):
        if file.is_file():
            held = file.read_bytes()
            seen |= {("file", word) for word in words if word.encode() in held}
    return seen
