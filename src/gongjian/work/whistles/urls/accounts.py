"""The accounts: rates, exclusions, hot spots, topics, the week."""

from django.urls import path

from gongjian.work.whistles.views import exclusions, hot_spots, rates, topics, weekly

urlpatterns = [
    path("rates/", rates.rates, name="rates"),
    path("rates/export/", rates.export, name="rates_export"),
    path("exclusions/", exclusions.queue, name="exclusions"),
    path("exclusions/<int:pk>/", exclusions.decide, name="decide_exclusion"),
    path("<int:pk>/exclude/", exclusions.exclude, name="exclude"),
    path("hot-spots/", hot_spots.listing, name="hot_spots"),
    path("topics/", topics.listing, name="topics"),
    path("topics/propose/", topics.propose, name="propose_topics"),
    path("topics/<int:pk>/", topics.show, name="topic"),
    path("topics/<int:pk>/open/", topics.open_, name="open_topic"),
    path("topics/<int:pk>/drop/", topics.drop, name="drop_topic"),
    path("topics/<int:pk>/task/", topics.task, name="add_topic_task"),
    path("topics/<int:pk>/finish/", topics.finish, name="finish_topic"),
    path("topics/tasks/<int:pk>/finish/", topics.finish_task, name="finish_topic_task"),
    path("weekly/", weekly.weekly, name="weekly"),
    path("weekly/pdf/", weekly.pdf, name="weekly_pdf"),
]
