"""Addresses of town halls; all nouns, deeds by POST."""

from django.urls import path

from hallway.townhalls.views import (
    announcing,
    asking,
    calendar,
    desk,
    directing,
    exporting,
    following,
    hall,
    listing,
    moderating,
    nameless,
    screens,
    voting,
)

app_name = "townhalls"

urlpatterns = [
    path("", listing.halls, name="halls"),
    path("anonymity", nameless.explained, name="anonymity"),
    path("new", announcing.new, name="new"),
    path("<int:pk>", hall.show, name="hall"),
    path("<int:pk>/edit", announcing.edit, name="edit"),
    path("<int:pk>/all", listing.questions, name="all"),
    path("<int:pk>/words.json", hall.words, name="words"),
    path("<int:pk>/calendar.ics", calendar.file, name="calendar"),
    path("<int:pk>/remind", calendar.remind, name="remind"),
    path("<int:pk>/tokens", nameless.tokens, name="tokens"),
    path("<int:pk>/nameless", nameless.nameless, name="nameless"),
    path("<int:pk>/anonymity.json", nameless.public, name="anonymity-data"),
    path("<int:pk>/questions", asking.ask, name="ask"),
    path("questions/<int:pk>/edit", asking.edit, name="edit-question"),
    path("questions/<int:pk>/withdraw", asking.withdraw, name="withdraw-question"),
    path("questions/<int:pk>/vote", voting.vote, name="vote"),
    path("<int:pk>/cheer", voting.cheer, name="cheer"),
    path("polls/<int:pk>/choose", voting.choose, name="choose"),
    path("<int:pk>/desk", desk.desk, name="desk"),
    path("<int:pk>/open", directing.open_doors, name="open"),
    path("<int:pk>/end", directing.end, name="end"),
    path("<int:pk>/asking", directing.asking, name="asking"),
    path("<int:pk>/polls", desk.polls, name="polls"),
    path("polls/<int:pk>/state", desk.poll_state, name="poll-state"),
    path("<int:pk>/screen", screens.screen, name="screen"),
    path("<int:pk>/speaker", screens.speaker, name="speaker"),
    path("<int:pk>/qr.svg", screens.qr, name="qr"),
    path("<int:pk>/export.csv", exporting.table, name="export-csv"),
    path("<int:pk>/export.json", exporting.data, name="export-json"),
    *(
        path(f"questions/<int:pk>/{deed}", moderating.plain, {"deed": deed}, name=deed)
        for deed in moderating.PLAIN
    ),
    path("questions/<int:pk>/decline", moderating.decline, name="decline"),
    path("questions/<int:pk>/merge", moderating.merge, name="merge"),
    path("questions/<int:pk>/answer", moderating.answer, name="answer"),
    path("questions/<int:pk>/follow-up", following.followed, name="follow-up"),
]
