from django.db import migrations

import portal.text.folded


class Migration(migrations.Migration):
    dependencies = [("editorial", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="auditevent",
            name="folded",
            field=portal.text.folded.FoldedField(
                default="", editable=False, max_length=460, of=["item_title", "actor_name"]
            ),
            preserve_default=False,
        ),
    ]
