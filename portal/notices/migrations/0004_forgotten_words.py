from django.db import migrations, models

import portal.text.fields


class Migration(migrations.Migration):
    dependencies = [("notices", "0003_bounce")]

    operations = [
        migrations.AlterField(
            model_name="message",
            name="body",
            field=portal.text.fields.GatedTextField(blank=True),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("body__gt", ""),
                    ("sent_at__isnull", False),
                    ("refusal__gt", ""),
                    ("attempts__gte", 10),
                    _connector="OR",
                ),
                name="message_that_may_go_out_has_words",
            ),
        ),
    ]
