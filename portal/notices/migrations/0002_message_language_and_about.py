import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("notices", "0001_initial"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="message",
            options={
                "ordering": ["send_after", "pk"],
                "verbose_name": "outgoing letter",
                "verbose_name_plural": "outgoing letters",
            },
        ),
        migrations.AddField(
            model_name="message",
            name="language",
            field=models.CharField(choices=[("vi", "Tiếng Việt"), ("en", "English")], default="vi", max_length=5),
        ),
        migrations.AddField(
            model_name="message",
            name="content_type",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="contenttypes.contenttype",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="object_id",
            field=models.PositiveBigIntegerField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["content_type", "object_id"], name="message_about"),
        ),
    ]
