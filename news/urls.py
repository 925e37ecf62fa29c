from django.urls import path

from news import views

urlpatterns = [
    path("", views.article_list, name="list"),
    path("chuyen-muc/<slug:code>/", views.article_list, name="rubric"),
    path("<slug:slug>-<int:pk>/", views.article_detail, name="article"),
    path("<slug:slug>-<int:pk>/in/", views.article_print, name="print"),
    path("<slug:slug>-<int:pk>/ban-cu/<int:revision>/", views.article_superseded, name="superseded"),
]
