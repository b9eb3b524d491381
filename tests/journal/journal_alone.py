"""Settings of a site that has nothing but the journal, for processes that tests start by the dozen."""

from qingfeng.project.settings import DATABASES, HOME, TIME_ZONE, USE_TZ

__all__ = ["DATABASES", "HOME", "TIME_ZONE", "USE_TZ"]
INSTALLED_APPS = ["qingfeng.journal"]
SECRET_KEY = "of a test"  # noqa: S105 - nothing is signed with it
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
