from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongjian.desk.selectors import counted, things_to_do
from gongjian.kernel import clock
from gongjian.kernel.due import Due
from gongjian.kernel.web.pages import page
from gongjian.registry.models.accounts import ADMINISTRATORS


@page("desk.view_desk", methods=("GET", "HEAD"))
def my_desk(request: HttpRequest) -> HttpResponse:
    """What this account must do today, over all rooms; administrators get their own duties instead."""
    account = request.user
    if account.holds(*ADMINISTRATORS):  # type: ignore[union-attr]
        return render(request, "desk/duties.html")
    everything = things_to_do(account)
    room = request.GET.get("room", "")
    context = {
        "today": clock.today(),
        "todos": [todo for todo in everything if room in ("", str(todo.item.room))],
        "room": room,
        "rooms": counted(str(todo.item.room) for todo in everything),
        "total": len(everything),
        "counts": {kind: sum(todo.due.kind == kind for todo in everything) for kind in Due.KINDS},
    }
    return render(request, "desk/my_desk.html", context)
