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
