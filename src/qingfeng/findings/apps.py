"""Django's handle on this floor."""

from django.apps import AppConfig


class FindingsConfig(AppConfig):
    """Django's view of `qingfeng.findings`."""

    name = "qingfeng.findings"

    def ready(self) -> None:
        """Register the district's settings, and listen to verifications."""
        from qingfeng.findings import district, own_cards, precision, verifying  # noqa: F401, PLC0415 - tables come first
        from qingfeng.findings.access import VERIFICATION  # noqa: PLC0415
        from qingfeng.matters.heard import listen  # noqa: PLC0415

        listen(VERIFICATION, verifying.follow)
        listen(VERIFICATION, precision.refresh_matter)
        listen(VERIFICATION, own_cards.hear_verification)
