"""Rows that reach their office by their whistle or topic."""

from typing import Any

from gongjian.kernel.scoping import OfficeManager


class OfWhistle(OfficeManager[Any]):
    office_path = "whistle__office"


class OfTopic(OfficeManager[Any]):
    office_path = "topic__office"
