"""The pages of records, certificates, stars and corrections."""

from django.urls import path

from gongjian.work.volunteering.views import certificates, records, spot_checks

urlpatterns = [
    path("my-record/", records.my_record, name="my_record"),
    path("volunteers/<int:pk>/record/", records.record, name="record"),
    path("volunteers/<int:pk>/certificate/", certificates.draft, name="draft_certificate"),
    path("hours/<int:pk>/ask/", records.ask, name="ask_correction"),
    path("spot-checks/", spot_checks.spot_check_list, name="spot_checks"),
    path("spot-checks/draw/", spot_checks.draw, name="draw_spot_check"),
    path("spot-checks/<int:pk>/", spot_checks.spot_check, name="spot_check"),
    path("spot-checks/<int:pk>/lines/<int:line>/", spot_checks.finding, name="spot_check_finding"),
    path("corrections/", records.correction_list, name="corrections"),
    path("corrections/<int:pk>/", records.correction, name="correction"),
    path("stars/", records.star_levels, name="stars"),
    path("certificates/", certificates.register, name="certificates"),
    path("certificates/export/", certificates.export, name="export_certificates"),
    path("certificates/<int:pk>/", certificates.manage, name="manage_certificate"),
    path("certificates/<int:pk>/issue/", certificates.issue, name="issue_certificate"),
    path("certificates/<int:pk>/end/", certificates.end, name="end_certificate"),
    path("certificates/<int:pk>/pdf/", certificates.own_pdf, name="own_certificate_pdf"),
    path("published/", certificates.notices, name="published_certificates"),
    path("verify/", certificates.verify, name="verify_certificate"),
    path("verify/<str:key>/", certificates.certificate, name="certificate"),
    path("verify/<str:key>/proof/", certificates.proof, name="certificate_proof"),
    path("verify/<str:key>/pdf/", certificates.pdf, name="certificate_pdf"),
]
