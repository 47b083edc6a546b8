"""Addresses of town halls; all nouns, deeds by POST."""

from django.urls import path, register_converter

from hallway.core.addresses import Number
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

register_converter(Number, "number")

urlpatterns = [
    path("", listing.halls, name="halls"),
    path("anonymity", nameless.explained, name="anonymity"),
    path("new", announcing.new, name="new"),
    path("<number:pk>", hall.show, name="hall"),
    path("<number:pk>/edit", announcing.edit, name="edit"),
    path("<number:pk>/all", listing.questions, name="all"),
    path("<number:pk>/words.json", hall.words, name="words"),
    path("<number:pk>/calendar.ics", calendar.file, name="calendar"),
    path("<number:pk>/remind", calendar.remind, name="remind"),
    path("<number:pk>/tokens", nameless.tokens, name="tokens"),
    path("<number:pk>/nameless", nameless.nameless, name="nameless"),
    path("<number:pk>/anonymity.json", nameless.public, name="anonymity-data"),
    path("<number:pk>/questions", asking.ask, name="ask"),
    path("questions/<number:pk>/edit", asking.edit, name="edit-question"),
    path("questions/<number:pk>/withdraw", asking.withdraw, name="withdraw-question"),
    path("questions/<number:pk>/vote", voting.vote, name="vote"),
    path("<number:pk>/cheer", voting.cheer, name="cheer"),
    path("polls/<number:pk>/choose", voting.choose, name="choose"),
    path("<number:pk>/desk", desk.desk, name="desk"),
    path("<number:pk>/open", directing.open_doors, name="open"),
    path("<number:pk>/end", directing.end, name="end"),
    path("<number:pk>/asking", directing.asking, name="asking"),
    path("<number:pk>/polls", desk.polls, name="polls"),
    path("polls/<number:pk>/state", desk.poll_state, name="poll-state"),
    path("<number:pk>/screen", screens.screen, name="screen"),
    path("<number:pk>/speaker", screens.speaker, name="speaker"),
    path("<number:pk>/qr.svg", screens.qr, name="qr"),
    path("<number:pk>/export.csv", exporting.table, name="export-csv"),
    path("<number:pk>/export.json", exporting.data, name="export-json"),
    *(
        path(f"questions/<number:pk>/{deed}", moderating.plain, {"deed": deed}, name=deed)
        for deed in moderating.PLAIN
    ),
    path("questions/<number:pk>/decline", moderating.decline, name="decline"),
    path("questions/<number:pk>/merge", moderating.merge, name="merge"),
    path("questions/<number:pk>/answer", moderating.answer, name="answer"),
    path("questions/<number:pk>/follow-up", following.followed, name="follow-up"),
]
