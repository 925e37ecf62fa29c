from django.urls import path

from documents import views
from documents.models import Document

urlpatterns = [
    path("", views.document_list, name="list"),
    path("quy-pham-phap-luat/", views.document_list, {"kind": Document.Kind.NORMATIVE}, name="normative"),
    path("hanh-chinh/", views.document_list, {"kind": Document.Kind.ADMINISTRATIVE}, name="administrative"),
    path("<slug:slug>-<int:pk>/", views.document_detail, name="document"),
    path("<slug:slug>-<int:pk>/in/", views.document_print, name="print"),
    path("<slug:slug>-<int:pk>/ban-cu/<int:revision>/", views.document_superseded, name="superseded"),
]
