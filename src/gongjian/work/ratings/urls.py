from django.urls import path

from gongjian.work.ratings.views import blueprints, schemes

app_name = "ratings"

_scheme = "schemes/<int:pk>/"
urlpatterns = [
    path("schemes/", schemes.schemes, name="schemes"),
    path("schemes/new/", schemes.make, name="make_scheme"),
    path(_scheme, schemes.scheme, name="scheme"),
    path(_scheme + "edit/", schemes.edit, name="edit_scheme"),
    path(_scheme + "close/", schemes.close, name="close_scheme"),
    path(_scheme + "dimensions/new/", blueprints.add_dimension, name="add_dimension"),
    path(_scheme + "dimensions/<slug:code>/", blueprints.dimension, name="dimension"),
    path(_scheme + "dimensions/<slug:code>/remove/", blueprints.remove_dimension, name="remove_dimension"),
    path(_scheme + "dimensions/<slug:dimension>/indicators/new/", blueprints.add_indicator, name="add_indicator"),
    path(_scheme + "indicators/<slug:code>/", blueprints.indicator, name="indicator"),
    path(_scheme + "indicators/<slug:code>/remove/", blueprints.remove_indicator, name="remove_indicator"),
    path(_scheme + "levels/new/", blueprints.add_level, name="add_level"),
    path(_scheme + "levels/<int:stars>/", blueprints.level, name="level"),
    path(_scheme + "levels/<int:stars>/remove/", blueprints.remove_level, name="remove_level"),
]
