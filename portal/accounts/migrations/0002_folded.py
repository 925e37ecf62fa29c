from django.db import migrations

import portal.text.folded


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="folded",
            field=portal.text.folded.FoldedField(
                default="", editable=False, max_length=600, of=["username", "full_name", "email"]
            ),
            preserve_default=False,
        ),
    ]
