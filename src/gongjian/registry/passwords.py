from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class CharacterClassesValidator:
    """At least three of: lower case, upper case, digits, others (what assessors of GB/T 22239 commonly accept)."""

    def validate(self, password: str, user: Any = None) -> None:
        tests = (str.islower, str.isupper, str.isdigit, lambda character: not character.isalnum())
        if sum(any(test(character) for character in password) for test in tests) < 3:
            raise ValidationError(self.get_help_text(), code="password_too_plain")

    def get_help_text(self) -> str:
        return _("密码至少包含小写字母、大写字母、数字、符号中的三种。")


class NotUsedBeforeValidator:
    """Not the present password again, nor one of the last few."""

    def validate(self, password: str, user: Any = None) -> None:
        from gongjian.registry.services.passwords import was_used_before

        if getattr(user, "pk", None) and was_used_before(user, password):
            raise ValidationError(self.get_help_text(), code="password_used_before")

    def get_help_text(self) -> str:
        return _("不能和现在的密码、最近用过的几个密码相同。")
