from django.urls import path

from documents import statistics_views

urlpatterns = [
    path("", statistics_views.statistics_list, name="list"),
    path("<slug:slug>-<int:pk>/", statistics_views.statistics_detail, name="detail"),
    path("<slug:slug>-<int:pk>/in/", statistics_views.statistics_print, name="print"),
    path("<slug:slug>-<int:pk>/ban-cu/<int:revision>/", statistics_views.statistics_superseded, name="superseded"),
]
