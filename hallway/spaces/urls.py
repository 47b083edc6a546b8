"""Addresses of spaces; all nouns, deeds by POST."""

from django.urls import path

from hallway.spaces.views import finding, founding, joining, managing, ruling, showing

app_name = "spaces"

urlpatterns = [
    path("", finding.find, name="find"),
    path("new", founding.new, name="new"),
    path("complete", finding.complete_by_number, name="complete-by-number"),
    path("<slug:slug>", showing.space, name="space"),
    path("<slug:slug>/members", showing.members, name="members"),
    path("<slug:slug>/about", showing.about, name="about"),
    path("<slug:slug>/complete", finding.complete, name="complete"),
    path("<slug:slug>/edit", founding.edit, name="edit"),
    path("<slug:slug>/join", joining.join, name="join"),
    path("<slug:slug>/ask", joining.ask, name="ask"),
    path("<slug:slug>/withdraw", joining.withdraw, name="withdraw"),
    path("<slug:slug>/decline", joining.decline, name="decline"),
    path("<slug:slug>/leave", joining.leave, name="leave"),
    path("<slug:slug>/invite", managing.invite, name="invite"),
    path("<slug:slug>/managers", managing.managers, name="managers"),
    path("<slug:slug>/rules", ruling.rules, name="rules"),
    path("<slug:slug>/rules/<int:pk>/end", ruling.end, name="end-rule"),
    path("<slug:slug>/requests/<str:handle>", managing.answer, name="answer"),
    path("<slug:slug>/members/<str:handle>/role", managing.role, name="role"),
    path("<slug:slug>/members/<str:handle>/remove", managing.remove, name="remove"),
    path("<slug:slug>/invitations/<str:handle>", managing.send, name="send"),
    path("<slug:slug>/invitations/<str:handle>/withdraw", managing.withdraw, name="uninvite"),
    path("<slug:slug>/managers/<str:handle>", managing.appoint, name="appoint"),
]
