from django.urls import path

from gongjian.work.projects.views import projects

app_name = "projects"
urlpatterns = [
    path("", projects.project_list, name="list"),
    path("programmes/new/", projects.new_programme, name="new_programme"),
    path("new/", projects.new_project, name="new_project"),
    path("<int:pk>/", projects.project, name="project"),
    path("<int:pk>/change/", projects.change_project, name="change_project"),
    path("<int:pk>/start/", projects.start_project, name="start_project"),
    path("<int:pk>/finish/", projects.finish_project, name="finish_project"),
    path("<int:pk>/stop/", projects.stop_project, name="stop_project"),
    path("<int:pk>/participants/add/", projects.add_participant, name="add_participant"),
    path("participants/<int:pk>/remove/", projects.remove_participant, name="remove_participant"),
    path("<int:pk>/funding/add/", projects.add_funding, name="add_funding"),
    path("funding/<int:pk>/remove/", projects.remove_funding, name="remove_funding"),
    path("<int:pk>/branch/", projects.found_branch, name="found_branch"),
]
