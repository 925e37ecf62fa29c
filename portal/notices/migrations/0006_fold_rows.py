"""Fills the folded column of the rows that are there: every save computes it."""

from django.db import migrations

CHUNK = 2000


def fold_rows(apps, schema_editor):
    model = apps.get_model("notices", "Message")
    last, rows = 0, True
    while rows:
        rows = list(model._base_manager.filter(pk__gt=last).order_by("pk")[:CHUNK])
        for row in rows:
            model._meta.get_field("folded").pre_save(row, False)
            last = row.pk
        model._base_manager.bulk_update(rows, ["folded"])


class Migration(migrations.Migration):
    dependencies = [("notices", "0005_folded")]

    operations = [migrations.RunPython(fold_rows, migrations.RunPython.noop, elidable=True)]
