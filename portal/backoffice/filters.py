from django.contrib import admin
from django.utils.translation import gettext_lazy

from portal.editorial import policy
from portal.editorial.roles import State


class StateFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "trang-thai"

    def lookups(self, request, model_admin):
        return State.choices

    def queryset(self, request, queryset):
        return queryset.in_state(self.value()) if self.value() in State.values else queryset


class AgencyFilter(admin.SimpleListFilter):
    title = gettext_lazy("site")
    parameter_name = "co-quan"

    def lookups(self, request, model_admin):
        return [(agency.pk, agency.name) for agency in policy.agencies(request.user, "view")]

    def queryset(self, request, queryset):
        offered = {str(pk) for pk, _name in self.lookup_choices}
        return queryset.filter(agency=self.value()) if self.value() in offered else queryset
