from django.db import migrations, models

import portal.text.fields


class Migration(migrations.Migration):
    dependencies = [("workdays", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="EditionNote",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("text", portal.text.fields.GatedCharField(max_length=600)),
            ],
        ),
    ]
