"""The precision of a rule as a dot on a line: what is expected, and between which ends it lies."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfeng.findings.precision import Precision

ROOM = 100  # width of a drawn interval: one unit a per cent


@dataclass(frozen=True)
class DotLine:
    """A precision as a dot on a line: per cents from 0 to 100, and the same in words."""

    precision: Precision

    @property
    def mean(self) -> float:
        """Where the dot stands."""
        return round(float(self.precision.mean) * ROOM, 1)

    @property
    def low(self) -> float:
        """Where the line begins."""
        return round(float(self.precision.low) * ROOM, 1)

    @property
    def high(self) -> float:
        """Where it ends."""
        return round(float(self.precision.high) * ROOM, 1)

    @property
    def verified(self) -> int:
        """Findings that say whether the rule was right."""
        return self.precision.right + self.precision.wrong

    @property
    def words(self) -> str:
        """What is drawn, in words."""
        return _("%(mean)s %% (%(low)s to %(high)s %%)") % {
            "mean": f"{self.mean:.0f}",
            "low": f"{self.low:.0f}",
            "high": f"{self.high:.0f}",
        }

    @property
    def basis(self) -> str:
        """What it rests on."""
        if not self.verified:
            return _("nobody has verified any yet: what is believed of its tier")
        return ngettext("%(count)d verified finding", "%(count)d verified findings", self.verified) % {
            "count": self.verified
        }
