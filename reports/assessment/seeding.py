"""The weights every committee starts from; filled after every `migrate` and every flush while there are none."""

START, BASIS = 2000, "系统初始权重，请按本县考核办法修改"


def fill_empty_tables(*, apps=None, **kwargs) -> None:
    if apps is not None and "assessmentweight" not in apps.all_models["reports"]:
        return
    from reports.models import AssessmentScheme, AssessmentWeight

    from .scoring import USUAL

    if AssessmentScheme.objects.exists():
        return
    scheme = AssessmentScheme.objects.create(valid_from=START, basis=BASIS)
    AssessmentWeight.objects.bulk_create(
        AssessmentWeight(scheme=scheme, measure=measure, weight=weight) for measure, weight in USUAL.items()
    )
