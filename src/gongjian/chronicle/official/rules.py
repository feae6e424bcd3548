"""The office writes its papers; a community worker takes minutes."""

from gongjian.registry.roles import grant, is_community_worker, is_office

grant({"official.write": is_office, "official.take_minutes": is_office | is_community_worker})
