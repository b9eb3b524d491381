"""What goes out must not name a source: a slip whose text says that somebody reported is not issued.

What the wording itself says (a template's own words) was read by people when it was put in force; what is
looked at is what an act puts into it. The sentence says what was found; what cannot be found so is a detail
that gives somebody away, and no name is known here: names are compared in a key holder's session only.

Law:
    信访工作条例 Art. 30; 检举控告工作规则 Art. 52(3) [reported]
"""

from __future__ import annotations

from collections.abc import Iterable

from qingfeng.documents.official import Official
from qingfeng.documents.templates import Wording
from qingfeng.look.outgoing import NamesSource, refuse
from qingfeng.matters.answers import Refusal
from qingfeng.matters.conditions import Refused
from qingfeng.matters.vocabulary import Law, Mark

SECRET = (Law("信访工作条例", "Art. 30"), Law("检举控告工作规则", "Art. 52(3)", Mark.REPORTED))


def check_source(official: Official, wording: Wording) -> None:
    """Refuse a document that names a source.

    Args:
        official: As it would go out.
        wording: What it was made from.

    Raises:
        Refused: If the text has words that its wording does not have: 举报人, 来信反映, a report's number.
    """
    check_texts((official.title, str(official.body)), own=(wording.title, wording.body))


def check_texts(texts: Iterable[str], own: Iterable[str] = ()) -> None:
    """Refuse texts that name a source, in an act.

    Raises:
        Refused: If they do.
    """
    try:
        refuse(texts, own)
    except NamesSource as why:
        raise Refused(Refusal("gate", str(why), SECRET)) from why
