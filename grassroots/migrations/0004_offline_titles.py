from django.db import migrations


def forget(apps, schema_editor):
    """The name of a draft holds the title of the matter, which went offline without it."""
    rows = apps.get_model("grassroots", "Onwarding").objects.filter(matter__state="offline")
    rows.exclude(called="").update(called="")


class Migration(migrations.Migration):
    dependencies = [("grassroots", "0003_merged_rooms")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop, elidable=True)]
