"""Addresses of the site as a whole."""

from django.urls import path

from hallway.site import installing, views, worker

app_name = "site"

urlpatterns = [
    path("search", views.search, name="search"),
    path("brand/<int:hue>.css", views.brand, name="brand"),
    path("brand/<int:hue>.svg", views.icon, name="icon"),
    path("brand/<int:hue>-<int:size>.png", installing.picture, name="picture"),
    path(
        "brand/<int:hue>-<int:size>-maskable.png",
        installing.picture,
        {"maskable": True},
        name="maskable",
    ),
    path("manifest.webmanifest", installing.manifest, name="manifest"),
    path("sw.js", worker.worker, name="worker"),
    path("offline", worker.offline, name="offline"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("logo", views.logo, name="logo"),
    path("robots.txt", views.robots, name="robots"),
    path("healthz", views.health, name="health"),
]
