"""Addresses of the site as a whole."""

from django.urls import path

from hallway.site import views

app_name = "site"

urlpatterns = [
    path("search", views.search, name="search"),
    path("brand/<int:hue>.css", views.brand, name="brand"),
    path("brand/<int:hue>.svg", views.icon, name="icon"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("logo", views.logo, name="logo"),
    path("robots.txt", views.robots, name="robots"),
    path("healthz", views.health, name="health"),
]
