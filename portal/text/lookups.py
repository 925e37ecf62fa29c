"""Look-ups by pattern, which Django hands to the database as typed: normalised like what they look for."""

from django.db.models import lookups

from portal.text.normalise import normalise

PATTERNS = (
    lookups.IExact,
    lookups.Contains,
    lookups.IContains,
    lookups.StartsWith,
    lookups.IStartsWith,
    lookups.EndsWith,
    lookups.IEndsWith,
)


class NormalisedPattern:
    def get_prep_lookup(self):
        pattern = super().get_prep_lookup()
        return normalise(pattern) if isinstance(pattern, str) else pattern


NORMALISED_PATTERNS = [type(lookup.__name__, (NormalisedPattern, lookup), {}) for lookup in PATTERNS]


def normalises_patterns(field_class):
    for lookup in NORMALISED_PATTERNS:
        field_class.register_lookup(lookup)
    return field_class
