"""The search column a model declares, and its index.

    search = ChineseSearchField(title="title", body=["situation", "suggestions"])

    class Meta:
        indexes = [SearchIndex(fields=["search"], name="proposal_search")]

The migration that adds it depends on ("search", "0001_zh_tsv").
"""

from django.db import models
from django.db.models.lookups import Lookup


class TsVectorField(models.Field):
    """PostgreSQL's tsvector, written by the database and asked by `__matches` alone.

    It is as large as the text, so selecting it gives NULL in its place.
    """

    description = "检索向量"

    def db_type(self, connection):
        return "tsvector"

    def select_format(self, compiler, sql, params):
        return "NULL", []


@TsVectorField.register_lookup
class Matches(Lookup):
    """`search__matches=query`, the query as `search.query` writes it."""

    lookup_name = "matches"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        vector, vector_params = self.process_lhs(compiler, connection)
        return f"{vector} @@ %s::tsquery", [*vector_params, self.rhs]


class ChineseSearchField(models.GeneratedField):
    """The tsvector of a title (weight A) and of texts on the same row; None when read."""

    db_returning = False

    def __init__(self, *, title: str, body: list[str] | tuple[str, ...] = (), **kwargs):
        self.title, self.body = title, list(body)
        expressions = [models.F(name) for name in (title, *body)]
        kwargs.update(
            expression=models.Func(*expressions, function="zh_tsv"),
            output_field=TsVectorField(),
            db_persist=True,
            serialize=False,
        )
        kwargs.setdefault("verbose_name", "检索列")
        super().__init__(**kwargs)

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        for generated in ("expression", "output_field", "db_persist", "serialize"):
            kwargs.pop(generated, None)
        kwargs.update(title=self.title, body=self.body)
        return name, "search.fields.ChineseSearchField", args, kwargs


class SearchIndex(models.Index):
    """The GIN index of a search column."""

    suffix = "gin"

    def create_sql(self, model, schema_editor, using="", **kwargs):
        return super().create_sql(model, schema_editor, using=" USING gin", **kwargs)
