"""What people should know of the wordings that they keep for the search."""

from portal.search.models import SynonymGroup, lines
from portal.search.tokens import folded_words, typed_words


def shared_wordings(group):
    """[(wording, other group)] of what stands in another group that is in use too: a search finds what both say."""
    own = {_key(line): line for line in lines(group.wordings)} if group.is_active else {}
    others = SynonymGroup.objects.filter(is_active=True).exclude(pk=group.pk) if own else []
    keys = {other: {_key(line) for line in lines(other.wordings)} for other in others}
    return [(own[key], other) for other in others for key in own if key in keys[other]]


def _key(line):
    return tuple(folded_words(typed_words(line)))
