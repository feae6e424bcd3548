from django.urls import path

from gongjian.work.projects.views import files, projects, tasks

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
    path("<int:pk>/participants/remove/", projects.remove_participant, name="remove_participant"),
    path("<int:pk>/funding/add/", projects.add_funding, name="add_funding"),
    path("<int:pk>/funding/remove/", projects.remove_funding, name="remove_funding"),
    path("<int:pk>/milestones/add/", tasks.add_milestone, name="add_milestone"),
    path("milestones/<int:pk>/move/", tasks.move_milestone, name="move_milestone"),
    path("milestones/<int:pk>/reach/", tasks.reach_milestone, name="reach_milestone"),
    path("<int:pk>/tasks/give/", tasks.give_task, name="give_task"),
    path("tasks/", tasks.task_list, name="tasks"),
    path("tasks/<int:pk>/", tasks.task, name="task"),
    path("tasks/<int:pk>/change/", tasks.change_task, name="change_task"),
    path("tasks/<int:pk>/start/", tasks.start_task, name="start_task"),
    path("tasks/<int:pk>/finish/", tasks.finish_task, name="finish_task"),
    path("tasks/<int:pk>/drop/", tasks.drop_task, name="drop_task"),
    path("tasks/<int:pk>/reopen/", tasks.reopen_task, name="reopen_task"),
    path("files/<int:pk>/", files.project_file, name="file"),
    path("<int:pk>/branch/", projects.found_branch, name="found_branch"),
]
