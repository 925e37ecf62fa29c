from django.urls import path

from gazette import views

urlpatterns = [
    path("", views.issue_list, name="list"),
    path("<slug:slug>-<int:pk>/", views.issue_detail, name="issue"),
    path("<slug:slug>-<int:pk>/in/", views.issue_print, name="print"),
    path("<slug:slug>-<int:pk>/van-ban/<int:entry>/", views.entry_detail, name="entry"),
]
