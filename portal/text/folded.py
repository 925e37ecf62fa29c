from django.db import models

from portal.text.fold import fold
from portal.text.normalise import normalise


class FoldedField(models.CharField):
    """A copy of other fields of the row without diacritics and capitals, for look-up on every database."""

    def __init__(self, *args, of=(), **kwargs):
        self.of = tuple(of)
        super().__init__(*args, **{"editable": False, **kwargs})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": list(self.of)}

    def pre_save(self, model_instance, add):
        texts = [getattr(model_instance, name) or "" for name in self.of]
        folded = fold(normalise(" ".join(texts)))
        setattr(model_instance, self.attname, folded)
        return folded
