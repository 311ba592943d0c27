"""What the search for similar cases keeps: which texts are in its index, their words, how common a word is."""

from django.db import models


class IndexedText(models.Model):
    """A text whose words are in the index. `mark` is the kind's change mark, `digest` the text itself in short."""

    kind = models.CharField("种类", max_length=20)
    object_id = models.BigIntegerField("对象编号")
    mark = models.DateTimeField("变动标记")
    digest = models.CharField("文字校验值", max_length=32)

    class Meta:
        verbose_name = "相似检索：已收文字"
        verbose_name_plural = "相似检索：已收文字"
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="indexed_text_unique")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class SimilarTerm(models.Model):
    """A word of a text, with how much it says there (without how common it is)."""

    kind = models.CharField("种类", max_length=20)
    object_id = models.BigIntegerField("对象编号")
    term = models.CharField("词", max_length=60)
    weight = models.FloatField("分量")

    class Meta:
        verbose_name = "相似检索：词"
        verbose_name_plural = "相似检索：词"
        indexes = [
            # Read by the word alone, without visiting the table.
            models.Index(fields=["kind", "term"], include=["object_id", "weight"], name="similar_term"),
            models.Index(fields=["kind", "object_id"], name="similar_object"),
        ]

    def __str__(self) -> str:
        return f"{self.term}（{self.kind} {self.object_id}）"


class TermFrequency(models.Model):
    """In how many texts of a kind a word stands; the blank word carries the number of texts."""

    kind = models.CharField("种类", max_length=20)
    term = models.CharField("词", max_length=60, blank=True)
    texts = models.PositiveIntegerField("文字件数")

    class Meta:
        verbose_name = "相似检索：词频"
        verbose_name_plural = "相似检索：词频"
        constraints = [models.UniqueConstraint(fields=["kind", "term"], name="term_frequency_unique")]

    def __str__(self) -> str:
        return f"{self.term} {self.texts}"
