"""Anyone reads published pages; clerks and leaders write them."""

from gongjian.registry.roles import anyone, grant, is_office

grant({"chronicle.read": anyone, "chronicle.write": is_office})
