"""Policy, categories and the working calendar."""

from django.urls import path

from gongjian.work.whistles.views import calendar, categories, policies

urlpatterns = [
    path("settings/policy/", policies.policy, name="policy"),
    path("settings/categories/", categories.listing, name="categories"),
    path("settings/categories/add/", categories.add, name="add_category"),
    path("settings/categories/load/", categories.load, name="load_categories"),
    path("settings/categories/<int:pk>/", categories.change, name="category"),
    path("settings/calendar/", calendar.calendar, name="calendar"),
    path("settings/calendar/drop/", calendar.drop, name="drop_correction"),
]
