from django.urls import path

from gongjian.work.projects.settling.views import fixing, settlements, site

app_name = "settling"
urlpatterns = [
    path("", settlements.settlements, name="settlements"),
    path("reliefs/", site.reliefs, name="reliefs"),
    path("reliefs/shipped/", site.shipped, name="shipped"),
    path("new/<int:project>/", settlements.draft, name="draft"),
    path("site/<int:project>/", site.site, name="site"),
    path("site/<int:project>/export/", site.export, name="export"),
    path("site/<int:project>/visits/", site.visit, name="visit"),
    path("site/<int:project>/finish/", site.finish, name="finish"),
    path("<int:pk>/", settlements.settlement, name="settlement"),
    path("<int:pk>/change/", settlements.change, name="change"),
    path("<int:pk>/paper/", settlements.paper, name="paper"),
    path("<int:pk>/cancel/", settlements.cancel, name="cancel"),
    path("<int:pk>/sign/", fixing.sign, name="sign"),
    path("<int:pk>/decide/", fixing.decide, name="decide"),
    path("<int:pk>/pay/", fixing.pay, name="pay"),
    path("<int:pk>/close/", fixing.close, name="close"),
    path("<int:pk>/signature/", fixing.signature, name="signature"),
]
