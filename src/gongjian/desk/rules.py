"""Who may open the desk."""

from gongjian.registry.roles import anyone, grant, is_signed_in

grant(
    {
        "desk.visit": anyone,
        "desk.search": anyone,
        "desk.view_desk": is_signed_in,
        "calendars.read": anyone,  # the secret in the address says for whom
        "calendars.subscribe": is_signed_in,
        "sheets.import": is_signed_in,  # each kind of sheet asks for its own permission besides
    }
)
