from django.db import migrations

from search import zh_tsv


class Migration(migrations.Migration):
    """Every app with a ChineseSearchField names this migration in its dependencies."""

    initial = True
    dependencies = []
    operations = [migrations.RunSQL(zh_tsv.CREATE, zh_tsv.DROP)]
