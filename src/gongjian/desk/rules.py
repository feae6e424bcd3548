"""Who may open the desk."""

from gongjian.registry.roles import anyone, grant, is_signed_in

grant({"desk.visit": anyone, "desk.search": anyone, "desk.view_desk": is_signed_in})
