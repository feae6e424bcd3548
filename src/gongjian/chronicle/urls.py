from django.urls import path

from gongjian.chronicle import views

app_name = "chronicle"
urlpatterns = [
    path("<slug:slug>/", views.honor_page, name="honor_page"),
    path("<slug:slug>/page.json", views.honor_page_json, name="honor_page_json"),
    path("<slug:slug>/deeds.xlsx", views.honor_page_deeds, name="honor_page_deeds"),
    path("<slug:slug>/rewrite/", views.rewrite, name="rewrite"),
]
