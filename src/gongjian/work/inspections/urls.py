from django.urls import path

from gongjian.work.inspections.views import checklists, findings, hazards, inspections, lectures, walking

app_name = "inspections"
urlpatterns = [
    path("", inspections.inspections, name="inspections"),
    path("plan/", inspections.plan, name="plan"),
    path("<int:pk>/", inspections.inspection, name="inspection"),
    path("<int:pk>/walk/", walking.walk, name="walk"),
    path("<int:pk>/sync/", walking.sync, name="sync"),
    path("<int:pk>/close/", inspections.close, name="close"),
    path("<int:pk>/cancel/", inspections.cancel, name="cancel"),
    path("hazards/", hazards.hazards, name="hazards"),
    path("hazards/map/", hazards.map_, name="map"),
    path("hazards/points/", hazards.points, name="points"),
    path("hazards/export/", hazards.export, name="export"),
    path("hazards/<int:pk>/", findings.finding, name="finding"),
    path("hazards/<int:pk>/photos/<int:photo>/", findings.photo, name="photo"),
    path("hazards/<int:pk>/mend/", findings.mend, name="mend"),
    path("hazards/<int:pk>/recheck/", findings.recheck, name="recheck"),
    path("hazards/<int:pk>/limit/", findings.limit, name="limit"),
    path("hazards/<int:pk>/transfer/", findings.transfer, name="transfer"),
    path("hazards/<int:pk>/settle/", findings.settle, name="settle"),
    path("lectures/", lectures.lectures, name="lectures"),
    path("lectures/record/", lectures.record, name="record_lecture"),
    path("checklists/", checklists.checklists, name="checklists"),
    path("checklists/<str:kind>/", checklists.revise, name="revise"),
]
