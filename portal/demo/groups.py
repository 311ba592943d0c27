"""Three standing review groups, so that the desk of the review shows whose case is whose."""

from proposals.models import Category, GroupCategory, GroupReviewer, ReviewGroup

from .county import County

GROUPS = (
    ("教科文卫和民生组", ("教科文卫体", "民生与社会保障"), False),
    ("经济和城乡组", ("经济建设", "农业农村", "城乡建设与管理"), False),
    ("综合组", (), True),
)


def fill(county: County) -> None:
    for order, ((name, categories, rest), person) in enumerate(zip(GROUPS, county.reviewers, strict=False), start=1):
        group = ReviewGroup.objects.create(name=name, takes_rest=rest, order=order)
        rows = Category.objects.filter(system="business", name__in=categories)
        GroupCategory.objects.bulk_create(GroupCategory(group=group, category=row) for row in rows)
        GroupReviewer.objects.create(group=group, person=person)
