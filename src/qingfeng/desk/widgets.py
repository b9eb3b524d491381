"""Controls of the desk's forms that work without a script: choosing people and units, bringing files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core import signing
from django.utils.datastructures import MultiValueDict

from qingfeng.desk.directory import Directory, NotOnTheList
from qingfeng.documents.models import Attachment

SALT = "qingfeng.desk.files"
DAY = 24 * 3600


class Pick(forms.Widget):
    """A text with a list to choose from, or several of them under one name."""

    template_name = "desk/parts/pick.html"

    def __init__(
        self, directory: Directory, kind: str, *, boxes: int = 1, many: bool = False, label: Any = ""
    ) -> None:
        self.directory, self.kind, self.boxes, self.many, self.label = directory, kind, boxes, many, label
        self.wrong: list[str] = []
        super().__init__()

    def __deepcopy__(self, memo: dict[int, Any]) -> Pick:
        """Return a copy that asks the same directory."""
        copied = Pick(self.directory, self.kind, boxes=self.boxes, many=self.many, label=self.label)
        copied.attrs = dict(self.attrs)
        memo[id(self)] = copied
        return copied

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """Return ids of what was typed or chosen; what is not on the list stays as it was typed."""
        del files
        typed = data.getlist(name) if hasattr(data, "getlist") else _listed(data.get(name))
        self.wrong = []
        found: list[Any] = []
        for text in (str(one).strip() for one in typed):
            if not text:
                continue
            try:
                found.append(self.directory.find(self.kind, text))
            except NotOnTheList as problem:
                self.wrong.append(str(problem))
                found.append(text)
        if self.many:
            return list(dict.fromkeys(found))
        return found[0] if found else None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Return whether nothing was sent under the name."""
        del files
        return name not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return the texts of the boxes: what was chosen, and empty ones up to the number of boxes."""
        context = super().get_context(name, value, attrs)
        texts = [self.directory.line(self.kind, one) for one in _listed(value) if one not in (None, "")]
        texts += [""] * (max(self.boxes, 1) - len(texts)) if self.many else [""] * (1 - len(texts))
        context["widget"] |= {
            "texts": texts,
            "list": f"list-{self.kind}",
            "many": self.many,
            "label": self.label,
        }
        return context


def _listed(value: Any) -> list[Any]:
    if value in (None, ""):
        return []
    return list(value) if isinstance(value, list | tuple | set) else [value]


def sign(attachment: int, account: int | None) -> str:
    """Return the word by which a form hands in a file that its account has brought."""
    return signing.dumps([attachment, account], salt=SALT)


def signed(words: Iterable[str], account: int | None) -> list[int]:
    """Return the files that words stand for; words of others, or older than a day, stand for nothing."""
    found = []
    for word in words:
        try:
            key, owner = signing.loads(word, salt=SALT, max_age=DAY)
        except (signing.BadSignature, ValueError, TypeError):
            continue
        if owner == account:
            found.append(int(key))
    return found


class Files(forms.Widget):
    """A control for files: new ones, and those that were stored when the form came back."""

    template_name = "desk/parts/files.html"
    needs_multipart_form = True

    def __init__(self, account: int | None, *, most: int | None = None) -> None:
        self.account, self.most = account, most
        super().__init__()

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict | None, name: str
    ) -> list[int]:
        """Return the ids of stored files; new ones are stored before the form is read."""
        del files
        words = (
            data.getlist(f"{name}-kept") if hasattr(data, "getlist") else _listed(data.get(f"{name}-kept"))
        )
        return signed(words, self.account)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Return False: no file at all is an answer too."""
        del data, files, name
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return the stored files with the words that hand them in again."""
        context = super().get_context(name, value, attrs)
        keys = [int(one) for one in _listed(value) if str(one).isdigit()]
        names = dict(Attachment.objects.filter(pk__in=keys).values_list("pk", "name"))
        kept = [{"word": sign(key, self.account), "name": names[key]} for key in keys if key in names]
        context["widget"] |= {"kept": kept, "many": self.most != 1}
        context["widget"]["attrs"].pop("required", None)
        return context


class Line(forms.Select):
    """A choice of the ledger line that an act changes."""

    def __init__(self, lines: Iterable[tuple[int, str]]) -> None:
        super().__init__(choices=[("", "—"), *lines])
