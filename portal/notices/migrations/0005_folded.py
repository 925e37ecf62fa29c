from django.db import migrations

import portal.text.folded


class Migration(migrations.Migration):
    dependencies = [("notices", "0004_forgotten_words")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="folded",
            field=portal.text.folded.FoldedField(
                default="", editable=False, max_length=510, of=["subject", "recipient"]
            ),
            preserve_default=False,
        ),
    ]
