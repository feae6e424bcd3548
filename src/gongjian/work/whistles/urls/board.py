"""The selection as board, list and map, and one whistle as a page."""

from django.urls import path

from gongjian.work.whistles.views import board, bulk, filters, moving, whistle

urlpatterns = [
    path("", board.board, name="board"),
    path("list/", board.listing, name="list"),
    path("map/", board.map_, name="map"),
    path("points/", board.points, name="points"),
    path("export/", bulk.export, name="export"),
    path("bulk/", bulk.bulk, name="bulk"),
    path("filters/", filters.save_filter, name="save_filter"),
    path("filters/<int:pk>/forget/", filters.forget_filter, name="forget_filter"),
    path("<int:pk>/", whistle.whistle, name="whistle"),
    path("<int:pk>/move/", moving.move, name="move"),
    path("<int:pk>/reveal/", whistle.reveal, name="reveal"),
    path("<int:pk>/photos/<int:photo>/", whistle.photo, name="photo"),
]
