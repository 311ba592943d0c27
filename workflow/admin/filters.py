from django.contrib import admin


class ChoiceFilter(admin.SimpleListFilter):
    """A filter with choices in Chinese; what is not among them filters nothing.

    A subclass gives `title`, `parameter_name`, its choices (`fixed`, or `choices_of(request)` where they are asked for) and,
    where the choice is not the column's own value, `narrow(queryset, value)`.
    """

    column = ""
    fixed: list[tuple[str, str]] = []

    def choices_of(self, request) -> list[tuple[str, str]]:
        return self.fixed

    def narrow(self, queryset, value: str):
        return queryset.filter(**{self.column or self.parameter_name: value})

    def lookups(self, request, model_admin):
        return list(self.choices_of(request))

    def queryset(self, request, queryset):
        known = {str(key) for key, _label in self.lookup_choices}
        return self.narrow(queryset, self.value()) if self.value() in known else queryset
