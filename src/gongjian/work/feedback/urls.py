from django.urls import path

from gongjian.work.feedback import views

app_name = "feedback"
urlpatterns = [
    path("", views.new, name="new"),
    path("follow/<str:token>/", views.follow, name="follow"),
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/<int:pk>/", views.message, name="message"),
]
