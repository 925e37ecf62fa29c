from django.contrib import admin
from django.utils.translation import gettext_lazy

from portal.agencies.models import Agency
from portal.editorial import policy
from portal.editorial.roles import State


class StoredStateFilter(admin.SimpleListFilter):
    """By a column `state` whose values are `states`."""

    title = gettext_lazy("state")
    parameter_name = "trang-thai"
    states = None

    def lookups(self, request, model_admin):
        return self.states.choices

    def queryset(self, request, queryset):
        return self._in_state(queryset, self.value()) if self.value() in self.states.values else queryset

    def _in_state(self, rows, state):
        return rows.filter(state=state)


class StateFilter(StoredStateFilter):
    """Items, in the state that the clock has brought them to."""

    states = State

    def _in_state(self, rows, state):
        return rows.in_state(state)


class AgencyFilter(admin.SimpleListFilter):
    title = gettext_lazy("site")
    parameter_name = "co-quan"

    def lookups(self, request, model_admin):
        return [(agency.pk, agency.name) for agency in policy.agencies(request.user, "view")]

    def queryset(self, request, queryset):
        offered = {str(pk) for pk, _name in self.lookup_choices}
        return queryset.filter(agency=self.value()) if self.value() in offered else queryset


class RowAgencyFilter(AgencyFilter):
    """Of rows beside the items, as duties and reports, which a superuser sees on all sites."""

    title = gettext_lazy("agency")

    def lookups(self, request, model_admin):
        return [(agency.pk, agency.name) for agency in seen_agencies(request.user)]


def seen_agencies(user):
    """Whose rows the person sees: those of their boards; a superuser sees all."""
    return Agency.objects.all() if user.is_superuser else policy.agencies(user, "view")
