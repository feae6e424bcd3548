"""What an account may do with a whistle just now; written with the verbs."""

from typing import Any

from gongjian.registry.models import Account
from gongjian.work.whistles.models import Whistle


def acts_for(account: Account, whistle: Whistle) -> list[Any]:
    return []
