"""The room's pages, a module for each kind of door; every name is unique in the namespace `whistles`."""

from gongjian.work.whistles.urls import accounts, board, public, settings, verbs

app_name = "whistles"
urlpatterns = [
    *public.urlpatterns,
    *board.urlpatterns,
    *verbs.urlpatterns,
    *accounts.urlpatterns,
    *settings.urlpatterns,
]
