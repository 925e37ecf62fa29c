"""Addresses that know no language: files, and what machines ask for."""

from django.urls import path

from portal.web import files, machines

urlpatterns = [
    path("anh/<str:model>/<int:pk>/<int:width>/<slug:stem>.jpg", files.picture, name="picture"),
    path("anh-kem/<int:pk>/<int:width>.jpg", files.gallery_picture, name="gallery_picture"),
    path("tep/<int:pk>/<path:name>", files.attachment, name="attachment"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap_index, name="sitemap"),
    path("sitemap-<int:number>.xml", machines.sitemap, name="sitemap_part"),
    path("suc-khoe/", machines.health, name="health"),
]
