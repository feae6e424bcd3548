from django.urls import path

from gongjian.work.projects.elevators.views import public, retrofits, tables

app_name = "elevators"
urlpatterns = [
    path("", retrofits.retrofits, name="retrofits"),
    path("status/", public.statuses, name="statuses"),
    path("status/<int:pk>/", public.status, name="status"),
    path("tables/", tables.tables, name="tables"),
    path("tables/shipped/", tables.shipped, name="shipped"),
    path("new/<int:project>/", retrofits.open_retrofit, name="open"),
    path("<int:pk>/", retrofits.retrofit, name="retrofit"),
    path("<int:pk>/costs/", retrofits.costs, name="costs"),
    path("<int:pk>/agree/", retrofits.agree, name="agree"),
    path("<int:pk>/steps/<slug:code>/", retrofits.step, name="step"),
    path("<int:pk>/stop/", retrofits.stop, name="stop"),
    path("<int:pk>/paper/", retrofits.paper, name="paper"),
    path("<int:pk>/export/", retrofits.export, name="export"),
]
