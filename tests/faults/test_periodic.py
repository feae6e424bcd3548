"""What runs by itself, run as the worker runs it: outside a transaction, in an installation with an office."""

from typing import Any

import pytest
from procrastinate.contrib.django import app

from gongjian.registry.tests.factories import make_clerk, make_office

TASKS = {periodic.task.name: periodic.task for periodic in app.periodic_registry.periodic_tasks.values()}


def test_there_are_such_tasks() -> None:
    assert len(TASKS) > 10


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", sorted(TASKS))
def test_it_runs_outside_a_transaction(name: str) -> None:
    make_clerk(make_office())
    task: Any = TASKS[name]
    task.func(timestamp=1_795_619_100)
