from django.db import migrations, models

from portal.text.fold import searchable

OVERLAP = 120


def fold_pages(apps, schema_editor):
    pages = apps.get_model("publishing", "AttachmentPage").objects
    for page in pages.iterator(chunk_size=200):
        following = pages.filter(attachment=page.attachment_id, number=page.number + 1).values_list("text", flat=True)
        after = searchable("".join(text[:OVERLAP] for text in following))
        pages.filter(pk=page.pk).update(text_folded=searchable(f"{page.text} {after}"))


class Migration(migrations.Migration):
    dependencies = [("publishing", "0002_attachment_texts")]

    operations = [
        migrations.AddField(model_name="attachmentpage", name="text_folded", field=models.TextField(default="")),
        migrations.RunPython(fold_pages, migrations.RunPython.noop),
    ]
