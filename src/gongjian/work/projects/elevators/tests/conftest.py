from typing import Any

import pytest

from gongjian.work.projects.tests.factories import Cast, make_cast


@pytest.fixture
def cast(office: Any) -> Cast:
    return make_cast(office)
