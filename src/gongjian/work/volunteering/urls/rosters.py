"""The pages of rosters."""

from django.urls import path

from gongjian.work.volunteering.views import rosters

urlpatterns = [
    path("activities/<int:pk>/roster/", rosters.activity_roster, name="activity_roster"),
    path("activities/<int:pk>/roster/propose/", rosters.propose, name="propose_roster"),
    path("rosters/<int:pk>/", rosters.roster, name="roster"),
    path("rosters/<int:pk>/mend/", rosters.mend, name="mend_roster"),
    path("rosters/<int:pk>/adopt/", rosters.adopt, name="adopt_roster"),
    path("rosters/<int:pk>/drop/", rosters.drop, name="drop_roster"),
    path("rosters/<int:pk>/shifts/<int:shift>/", rosters.shift, name="roster_shift"),
    path("rosters/<int:pk>/shifts/<int:shift>/put-in/", rosters.put_in, name="roster_put_in"),
    path("rosters/<int:pk>/shifts/<int:shift>/take-out/", rosters.take_out, name="roster_take_out"),
    path("rosters/<int:pk>/shifts/<int:shift>/fix/", rosters.fix, name="roster_fix"),
]
