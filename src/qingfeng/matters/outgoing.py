"""What goes out must not name a source: a slip whose text says that somebody reported is not issued.

What the wording itself says (a template's own words) was read by people when it was put in force; what is
looked at is what an act puts into it. The sentence says what was found; what cannot be found so is a detail
that gives somebody away, and no name is known here: names are compared in a key holder's session only.

Law:
    信访工作条例 Art. 30; 检举控告工作规则 Art. 52(3) [reported]
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from qingfeng.documents.official import Official
from qingfeng.documents.templates import Wording
from qingfeng.matters.answers import Refusal
from qingfeng.matters.conditions import Refused
from qingfeng.matters.vocabulary import Law, Mark
from qingfeng.plain.source_words import source_words

SECRET = (Law("信访工作条例", "Art. 30"), Law("检举控告工作规则", "Art. 52(3)", Mark.REPORTED))


def check_source(official: Official, wording: Wording) -> None:
    """Refuse a document that names a source.

    Args:
        official: As it would go out.
        wording: What it was made from.

    Raises:
        Refused: If the text has words that its wording does not have: 举报人, 来信反映, a report's number.
    """
    own = set(source_words(f"{wording.title}\n{wording.body}"))
    found = [one for one in source_words(f"{official.title}\n{official.body}") if one not in own]
    if found:
        said = _("This document would name a source: %(words)s. Say what is known, not from whom.")
        raise Refused(Refusal("gate", said % {"words": "、".join(found)}, SECRET))
