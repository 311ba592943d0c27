from django.urls import path

from .views import (
    acts, amending, batch, check, detail, inviting, leads, letters, listing, proxying, replying, similar, word, writing,
)  # fmt: skip

app_name = "proposals"

urlpatterns = [
    path("", listing.proposal_list, name="list"),
    path("batch/", batch.batch_act, name="batch"),
    path("letters/", letters.letters, name="letters"),
    path("leads/", leads.listing, name="leads"),
    path("leads/<int:pk>/", leads.detail, name="lead"),
    path("leads/<int:pk>/acts/use/", leads.use, name="lead_use"),
    path("new/", writing.New.as_view(), name="new"),
    path("new/word/", word.FromWord.as_view(), name="word"),
    path("new/word/blank/", word.blank_form, name="word_blank"),
    path("new/on-behalf/", proxying.OnBehalf.as_view(), name="on_behalf"),
    path("new/autosave/", writing.autosave_new, name="autosave_new"),
    path("<int:pk>/", detail.detail, name="detail"),
    path("<int:pk>/edit/", writing.Edit.as_view(), name="edit"),
    path("<int:pk>/autosave/", writing.autosave, name="autosave"),
    path("<int:pk>/check/", check.check, name="check"),
    path("similar/", similar.panel, name="similar"),
    path("<int:pk>/similar/", similar.of_reviewer, name="similar_of"),
    path("<int:pk>/similar/adopt/", similar.adopt, name="adopt"),
    path("<int:pk>/receipt/", check.receipt, name="receipt"),
    path("<int:pk>/letters/<slug:kind>/", letters.letter, name="letter"),
    path("<int:pk>/acts/invite/", inviting.Invite.as_view(), {"act": "invite"}, name="invite"),
    path("<int:pk>/acts/ask_amend/", amending.Amend.as_view(), {"act": "ask_amend"}, name="ask_amend"),
    path("<int:pk>/acts/<slug:act>/", acts.ProposalActView.as_view(), name="proposal_act"),
    path("assignments/<int:pk>/", detail.assignment, name="assignment"),
    path("assignments/<int:pk>/reply/", replying.Write.as_view(), name="reply"),
    path("assignments/<int:pk>/reply/autosave/", replying.autosave, name="reply_autosave"),
    path("assignments/<int:pk>/reply/preview/", replying.preview, name="reply_preview"),
    path("assignments/<int:pk>/acts/<slug:act>/", acts.AssignmentActView.as_view(), name="assignment_act"),
    path("cosignatures/<int:pk>/acts/<slug:act>/", acts.CosignatureActView.as_view(), name="cosignature_act"),
    path("changes/<int:pk>/acts/<slug:act>/", acts.ChangeRequestActView.as_view(), name="change_request_act"),
]
