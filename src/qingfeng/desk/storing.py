"""Files of a form, stored before it is read, so that they stay with it when it comes back."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict

from qingfeng.desk.widgets import sign
from qingfeng.documents.attachments import keep
from qingfeng.documents.refusal import NoRoom, Refused

MOST_AT_ONCE = 20


def store_uploads(request: HttpRequest, data: QueryDict) -> dict[str, str]:
    """Store every uploaded file and hand its word to the form's data.

    Args:
        request: With `FILES`, outside any transaction.
        data: A copy of what was sent; `<field>-kept` receives the words.

    Returns:
        What was wrong, by the name of the field: what happened and what to do.
    """
    problems: dict[str, str] = {}
    account = request.user if request.user.is_authenticated else None
    for name in request.FILES:
        for source in request.FILES.getlist(name)[:MOST_AT_ONCE]:
            try:
                kept = keep(source, source.name or "", by=account)
            except Refused as refusal:
                problems[name] = f"{source.name}: {refusal.what} {refusal.then}".strip()
            except NoRoom as full:
                problems[name] = str(full)
            else:
                data.appendlist(f"{name}-kept", sign(kept.pk, account.pk if account else None))
    return problems
