from django.urls import path

from qa import asking, following, opening, own_data, views
from qa.models import Kind

CASE = "theo-doi/<str:code>/<str:secret>/"

urlpatterns = [
    path("", views.question_list, name="list"),
    path("cau-hoi/", views.question_list, {"kind": Kind.QUESTION}, name="questions"),
    path("phan-anh-kien-nghi/", views.question_list, {"kind": Kind.PETITION}, name="petitions"),
    path("tiep-can-thong-tin/", views.question_list, {"kind": Kind.INFORMATION}, name="information"),
    path("ket-qua/", views.scorecard, name="scorecard"),
    path("gui/", asking.ask, name="ask"),
    path("theo-doi/", opening.look_up, name="look_up"),
    path("gui-lai-lien-ket/", opening.send_links, name="send_links"),
    path(CASE, following.case_page, name="case"),
    path(f"{CASE}bien-nhan/", following.receipt, name="receipt"),
    path(f"{CASE}thoi-han/<int:pk>/", following.explain, name="explain"),
    path(f"{CASE}tep/<int:pk>/", following.case_file, name="file"),
    path(f"{CASE}du-lieu/", own_data.own_data, name="own_data"),
    path("danh-gia/<int:pk>/<str:token>/", own_data.rate, name="rate"),
    path("<slug:slug>-<int:pk>/", views.question_detail, name="question"),
    path("<slug:slug>-<int:pk>/in/", views.question_print, name="print"),
]
