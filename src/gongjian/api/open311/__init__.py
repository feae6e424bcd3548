"""Open311 GeoReport v2: how city apps all over the world report and look up, so that theirs work here unchanged.

Strangers read what kind of thing was reported in which community and how far it has come; never a resident's words or exact
spot. https://wiki.open311.org/GeoReport_v2/
"""
