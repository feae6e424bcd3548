"""Managers of rows whose office lies a few relations away."""

from typing import TypeVar

from django.db import models

from gongjian.kernel.scoping import OfficeManager

Row = TypeVar("Row", bound=models.Model)


class OfCampaign(OfficeManager[Row]):
    office_path = "campaign__office"


class OfCandidate(OfficeManager[Row]):
    office_path = "candidate__campaign__office"


class OfNotice(OfficeManager[Row]):
    office_path = "notice__campaign__office"


class OfAward(OfficeManager[Row]):
    office_path = "award__campaign__office"
