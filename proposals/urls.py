from django.urls import path

from .views import acts, batch, check, desk, detail, inviting, listing, night, replying, similar, writing

app_name = "proposals"

urlpatterns = [
    path("", listing.proposal_list, name="list"),
    path("batch/", batch.batch_act, name="batch"),
    path("review/", desk.show, name="review"),
    path("review/figures/", night.figures, name="review_figures"),
    path("review/file/", night.file_all, name="review_file"),
    path("review/<int:pk>/similar/", desk.similar, name="review_similar"),
    path("review/<int:pk>/difference/", desk.difference, name="review_difference"),
    path("review/<int:pk>/<slug:act>/", desk.act, name="review_act"),
    path("numbering/", night.number, name="numbering"),
    path("new/", writing.New.as_view(), name="new"),
    path("new/autosave/", writing.autosave_new, name="autosave_new"),
    path("<int:pk>/", detail.detail, name="detail"),
    path("<int:pk>/edit/", writing.Edit.as_view(), name="edit"),
    path("<int:pk>/autosave/", writing.autosave, name="autosave"),
    path("<int:pk>/check/", check.check, name="check"),
    path("similar/", similar.panel, name="similar"),
    path("<int:pk>/similar/", similar.of_reviewer, name="similar_of"),
    path("<int:pk>/similar/adopt/", similar.adopt, name="adopt"),
    path("<int:pk>/receipt/", check.receipt, name="receipt"),
    path("<int:pk>/acts/invite/", inviting.Invite.as_view(), {"act": "invite"}, name="invite"),
    path("<int:pk>/acts/<slug:act>/", acts.ProposalActView.as_view(), name="proposal_act"),
    path("assignments/<int:pk>/", detail.assignment, name="assignment"),
    path("assignments/<int:pk>/reply/", replying.Write.as_view(), name="reply"),
    path("assignments/<int:pk>/reply/autosave/", replying.autosave, name="reply_autosave"),
    path("assignments/<int:pk>/reply/preview/", replying.preview, name="reply_preview"),
    path("assignments/<int:pk>/acts/<slug:act>/", acts.AssignmentActView.as_view(), name="assignment_act"),
    path("cosignatures/<int:pk>/acts/<slug:act>/", acts.CosignatureActView.as_view(), name="cosignature_act"),
]
