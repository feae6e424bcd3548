"""How long a resident's word is waited for."""

from datetime import timedelta

from gongjian.kernel import clock
from gongjian.work.whistles.models import Happening, Whistle
from gongjian.work.whistles.selectors.policies import policy


def waited_for_rating(whistle: Whistle) -> bool:
    """The days since it was verified in which the resident may rate it have passed."""
    verified = whistle.happenings.filter(kind=Happening.Kind.VERIFIED, round=whistle.round).last()
    return verified is not None and clock.now() - verified.at >= timedelta(days=policy().rate_within_days)
