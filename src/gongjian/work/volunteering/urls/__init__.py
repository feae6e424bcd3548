"""The room's pages; every name is unique in the namespace `volunteering`."""

from gongjian.work.volunteering.urls import records, rosters, service

app_name = "volunteering"
urlpatterns = [*service.urlpatterns, *rosters.urlpatterns, *records.urlpatterns]
