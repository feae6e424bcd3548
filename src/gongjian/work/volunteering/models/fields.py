"""Fields of service: what a team or an activity is about, and how its hours are told in the ledger."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Field(models.TextChoices):
    EPIDEMIC = "epidemic", _("疫情防控值守")
    TRAFFIC = "traffic", _("文明交通")
    BLOOD = "blood", _("义务献血")
    COMMUNITY = "community", _("社区服务")
    CLEANING = "cleaning", _("城市清洁")
    LEGAL_ADVICE = "legal_advice", _("法律咨询")
    LAW_OUTREACH = "law_outreach", _("普法宣传")
    HARDSHIP = "hardship", _("扶危济贫")
    ELDER_CARE = "elder_care", _("关爱老人")
    SAFETY_LECTURE = "safety_lecture", _("安全讲座")
    OTHER = "other", _("其他")


HOURS_KIND = {Field.EPIDEMIC: "epidemic-hours"}
PEOPLE_KIND = {Field.EPIDEMIC: "epidemic-people"}
"""Kinds of the deed catalogue; a field that is not named has the general kind of volunteering."""


def hours_kind(field: str) -> str:
    return HOURS_KIND.get(Field(field), "volunteer-hours")


def people_kind(field: str) -> str:
    return PEOPLE_KIND.get(Field(field), "volunteer-people")


class Language(models.TextChoices):
    MANDARIN = "mandarin", _("普通话")
    HENAN = "henan", _("本地话")
    SIGN = "sign", _("手语")
    ENGLISH = "english", _("英语")
    OTHER = "other", _("其他语言")
