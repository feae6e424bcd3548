from django.urls import path

from gongjian.honors.views import (
    awards,
    campaigns,
    candidates,
    notices,
    objections,
    opinions,
    public,
    rule_sets,
    shortlists,
    statements,
    wizard,
)

app_name = "honors"

_public = [
    path("", public.roll, name="roll"),
    path("notices/", public.notices, name="notices"),
    path("notices/<slug:slug>/", public.notice, name="notice"),
    path("notices/<slug:slug>/object/", public.object_to, name="object"),
    path("objections/<str:token>/", public.follow, name="follow"),
    path("verify/", public.verify, name="verify"),
    path("certificates/<str:key>/", public.certificate, name="certificate"),
    path("certificates/<str:key>/proof.json", public.proof, name="proof"),
    path("certificates/<str:key>/certificate.pdf", public.pdf, name="pdf"),
    path("of/<slug:slug>/", public.campaign, name="campaign"),
]

_candidate = "campaigns/candidates/<int:pk>/"
_candidates = [
    path(_candidate, candidates.candidate, name="candidate"),
    path(_candidate + "deeds/", candidates.deeds, name="candidate_deeds"),
    path(_candidate + "edit/", candidates.edit, name="edit_candidate"),
    path(_candidate + "withdraw/", candidates.withdraw, name="withdraw"),
    path(_candidate + "declare/", candidates.declare, name="declare"),
    path(_candidate + "review/", candidates.review, name="give_review"),
    path(_candidate + "veto/", candidates.veto, name="veto"),
    path(_candidate + "statement/", statements.statement, name="statement"),
    path(_candidate + "statement/generate/", statements.generate, name="generate_statement"),
    path(_candidate + "statement/check/", statements.check, name="check_statement"),
    path(_candidate + "ask/", opinions.request_opinions, name="request_opinions"),
    path("campaigns/opinions/<int:pk>/", opinions.opinion, name="opinion"),
    path("campaigns/vetoes/<int:pk>/lift/", candidates.lift_veto, name="lift_veto"),
]

_objection = "campaigns/objections/<int:pk>/"
_objections = [
    path(_objection, objections.objection, name="objection"),
    path(_objection + "investigate/", objections.investigate, name="investigate"),
    path(_objection + "find/", objections.find, name="find"),
    path(_objection + "answer/", objections.answer, name="answer"),
    path(_objection + "remove/", objections.remove, name="remove_candidate"),
]

_campaign = "campaigns/<slug:slug>/"
_wizard = [
    path(_campaign, wizard.manage, name="manage"),
    path(_campaign + "edit/", campaigns.edit_campaign, name="edit_campaign"),
    path(_campaign + "revoke/", campaigns.revoke, name="revoke_campaign"),
    path(_campaign + "call/", wizard.call, name="call"),
    path(_campaign + "call/category/", campaigns.add_category, name="add_category"),
    path(_campaign + "call/open/", campaigns.open_nomination, name="open_nomination"),
    path(_campaign + "nomination/", wizard.nomination, name="nomination"),
    path(_campaign + "nomination/nominate/", candidates.nominate, name="nominate"),
    path(_campaign + "nomination/close/", campaigns.start_review, name="start_review"),
    path(_campaign + "review/", wizard.review, name="review"),
    path(_campaign + "review/rules/", rule_sets.rule_set, name="rule_set"),
    path(_campaign + "review/rules/preview/", rule_sets.preview, name="preview_rule_set"),
    path(_campaign + "opinions/", wizard.opinions, name="opinions"),
    path(_campaign + "shortlist/", shortlists.shortlist, name="shortlist"),
    path(_campaign + "notice/", notices.notice, name="staff_notice"),
    path(_campaign + "notice/publish/", notices.publish, name="publish_notice"),
    path(_campaign + "notice/end/", notices.end, name="end_notice"),
    path(_campaign + "decision/", awards.decision, name="decision"),
    path(_campaign + "decision/decide/", awards.decide, name="decide"),
    path(_campaign + "certificates/", awards.certificates, name="certificates"),
    path(_campaign + "certificates/issue/", awards.issue, name="issue_certificates"),
    path(_campaign + "publish/", campaigns.publish, name="publish_campaign"),
    path(_campaign + "archive/", awards.archive, name="archive"),
    path(_campaign + "archive/close/", campaigns.archive, name="archive_campaign"),
    path(_campaign + "archive/download/", awards.download, name="download_archive"),
]

urlpatterns = [
    *_public,
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/open/", campaigns.open_campaign, name="open"),
    path("campaigns/limits/", campaigns.limits, name="limits"),
    path("campaigns/categories/<int:pk>/", campaigns.edit_category, name="edit_category"),
    path("campaigns/awards/<int:pk>/revoke/", awards.revoke, name="revoke_award"),
    *_candidates,
    *_objections,
    *_wizard,
]
