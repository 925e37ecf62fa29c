from django.db import migrations

import portal.text.folded


class Migration(migrations.Migration):
    dependencies = [("obligations", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="obligation",
            name="title_folded",
            field=portal.text.folded.FoldedField(default="", editable=False, max_length=300, of=["item_title"]),
            preserve_default=False,
        ),
    ]
