from django.urls import path

from .views import acts, figures, ideas, items, outcomes, plans, texts, topics

app_name = "consultations"

urlpatterns = [
    path("", topics.topic_list, name="topics"),
    path("topics/new/", topics.new, name="new_topic"),
    path("topics/<int:pk>/", topics.detail, name="topic"),
    path("topics/<int:pk>/acts/<slug:act>/", acts.TopicAct.as_view(), name="topic_act"),
    path("topics/<int:pk>/meetings/<int:meeting>.docx", topics.minutes, name="minutes"),
    path("topics/<int:pk>/opinion/", texts.OpinionPage.as_view(), name="opinion"),
    path("topics/<int:pk>/opinion/autosave/", texts.OpinionAutosave.as_view(), name="opinion_autosave"),
    path("opinions/<int:pk>/acts/<slug:act>/", acts.OpinionActView.as_view(), name="opinion_act"),
    path("plans/", plans.plan_list, name="plans"),
    path("plans/new/", plans.new, name="new_plan"),
    path("plans/<int:pk>/", plans.detail, name="plan"),
    path("plans/<int:pk>.docx", plans.as_docx, name="plan_docx"),
    path("plans/<int:pk>/acts/<slug:act>/", acts.PlanAct.as_view(), name="plan_act"),
    path("ideas/", ideas.idea_list, name="ideas"),
    path("ideas/new/", ideas.new, name="new_idea"),
    path("ideas/<int:pk>/", ideas.detail, name="idea"),
    path("ideas/<int:pk>/acts/<slug:act>/", acts.IdeaAct.as_view(), name="idea_act"),
    path("outcomes/", outcomes.outcome_list, name="outcomes"),
    path("outcomes/<int:pk>/", outcomes.detail, name="outcome"),
    path("outcomes/<int:pk>.docx", outcomes.as_docx, name="outcome_docx"),
    path("outcomes/<int:pk>/write/", texts.OutcomePage.as_view(), name="write_outcome"),
    path("outcomes/<int:pk>/write/autosave/", texts.OutcomeAutosave.as_view(), name="outcome_autosave"),
    path("outcomes/<int:pk>/acts/<slug:act>/", acts.OutcomeAct.as_view(), name="outcome_act"),
    path("items/", items.item_list, name="items"),
    path("items/<int:pk>/", items.detail, name="item"),
    path("items/<int:pk>/acts/<slug:act>/", acts.ItemAct.as_view(), name="item_act"),
    path("figures/", figures.figures, name="figures"),
]
