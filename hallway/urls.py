"""Every address of Hallway."""

from django.urls import include, path

urlpatterns = [
    path("", include("hallway.site.urls")),
    path("people/", include("hallway.people.urls")),
    path("spaces/", include("hallway.spaces.urls")),
    path("e/", include("hallway.entries.urls")),
    path("e/", include("hallway.comments.urls")),
    path("e/", include("hallway.shares.urls")),
    path("", include("hallway.scheduled.urls")),
    path("posts", include("hallway.posts.urls")),
    path("halls/", include("hallway.townhalls.urls")),
    path("", include("hallway.notifications.urls")),
    path("", include("hallway.outside.urls")),
    path("live/", include("hallway.hub.urls")),
    path("guests/", include("hallway.guests.urls")),
    path("admin/", include("hallway.console.urls")),
    path("", include("hallway.stream.urls")),
    path("", include("hallway.owndata.urls")),
    path("", include("hallway.accounts.urls")),
]

handler400 = "hallway.site.errors.bad_request"
handler403 = "hallway.site.errors.forbidden"
handler404 = "hallway.site.errors.not_found"
handler500 = "hallway.site.errors.broken"
