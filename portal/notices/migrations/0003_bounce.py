import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import portal.text.fields


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_message_language_and_about")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="refusal",
            field=portal.text.fields.GatedCharField(blank=True, default="", max_length=300),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="Bounce",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("is_permanent", models.BooleanField()),
                ("status", portal.text.fields.GatedCharField(blank=True, max_length=11)),
                ("words", portal.text.fields.GatedCharField(max_length=300)),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bounces", to="notices.message"
                    ),
                ),
            ],
            options={"ordering": ["at", "pk"]},
        ),
        migrations.AddConstraint(
            model_name="bounce",
            constraint=models.UniqueConstraint(fields=("message", "is_permanent", "status"), name="bounce_stored_once"),
        ),
    ]
