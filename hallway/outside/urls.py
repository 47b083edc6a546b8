"""Addresses about being told outside."""

from django.urls import path

from hallway.outside import views

app_name = "outside"

urlpatterns = [
    path("settings/mail", views.mail, name="mail"),
    path("settings/devices", views.devices, name="devices"),
    path("settings/devices/<int:number>/end", views.end, name="end-device"),
    path("mail/stop/<str:token>", views.unsubscribe, name="unsubscribe"),
]
