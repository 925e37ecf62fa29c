from django.urls import path

from portal.notices.feeds import feed
from portal.web import feedback, search, timeliness, views

urlpatterns = [
    path("", views.home, name="home"),
    path("gioi-thieu/", views.about, name="about"),
    path("trang/", views.sites, name="sites"),
    path("dich-vu-cong-truc-tuyen/", views.services, name="services"),
    path("lien-he/", views.contact, name="contact"),
    path("so-do-cong/", views.site_map, name="site_map"),
    path("tim-kiem/", search.search, name="search"),
    path("tim-kiem/goi-y/", search.suggest, name="search_suggestions"),
    path("tim-kiem/rss/", search.search_feed, name="search_feed"),
    path("tim-kiem/trinh-duyet.xml", search.open_search, name="open_search"),
    path("tim-kiem/da-mo/", search.result_opened, name="result_opened"),
    path("cong-khai-tien-do/", timeliness.progress, name="progress"),
    path("cong-khai-tien-do/danh-sach/", timeliness.progress_list, name="progress_list"),
    path("giai-trinh-han/<int:pk>/", timeliness.explain_duty, name="explain_duty"),
    path("bao-loi/da-nhan/", feedback.report_received, name="report_received"),
    path("bao-loi/<slug:code>/<int:pk>/", feedback.report_error, name="report_error"),
    path("rss/", feed, name="feed"),
    path("rss/<slug:section>/", feed, name="section_feed"),
]
