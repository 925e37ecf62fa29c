from datetime import date

from django.db import migrations, models

import portal.search.expressions


class Migration(migrations.Migration):
    """What entries are found by. Those that are there already get it from `manage.py rebuild_index --if-outdated`."""

    dependencies = [("agencies", "0001_initial"), ("search", "0002_entry_of_category")]

    operations = [
        migrations.RemoveField(model_name="indexentry", name="title_folded"),
        migrations.RemoveField(model_name="indexentry", name="title_exact"),
        migrations.RemoveField(model_name="indexentry", name="text_exact"),
        migrations.AddField(
            model_name="indexentry",
            name="dated_on",
            field=models.DateField(default=date(1945, 9, 2)),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="indexentry",
            name="facets",
            field=models.CharField(default="", max_length=250),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="indexentry", name="lead_exact", field=models.TextField(default=""), preserve_default=False
        ),
        migrations.AddField(
            model_name="indexentry", name="lead_folded", field=models.TextField(default=""), preserve_default=False
        ),
        migrations.AddField(
            model_name="indexentry", name="words", field=portal.search.expressions.WordsField(default="")
        ),
        migrations.AddIndex(
            model_name="indexentry", index=models.Index(fields=["language", "dated_on"], name="entry_by_day")
        ),
    ]
