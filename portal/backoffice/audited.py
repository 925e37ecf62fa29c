from django.contrib import admin

from portal.backoffice.searching import ShortTableSearch
from portal.editorial import tables


class AuditedAdmin(ShortTableSearch, admin.ModelAdmin):
    """A short table of which every change is audited: `audited_as` begins the actions, `audited` are the columns."""

    actions = None
    audited_as = ""
    audited = ()

    def save_model(self, request, obj, form, change):
        tables.save(obj, by=request.user, kind=self.audited_as, names=self.audited)

    def delete_model(self, request, obj):
        tables.remove(obj, by=request.user, kind=self.audited_as, names=self.audited)
