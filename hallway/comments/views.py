"""The page of an entry with its conversation, and writing into it."""

import uuid
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from hallway.comments.actions import comment
from hallway.comments.queries import thread
from hallway.core.http import viewer_of, watch
from hallway.core.images import ImageRefused
from hallway.core.limits import TooFast, spend, told
from hallway.core.text import TextTooLong
from hallway.core.writing import writing
from hallway.entries import access
from hallway.entries.actions import Draft, ImageGone, NotAllowed
from hallway.entries.forms import WordsForm, new_key
from hallway.entries.models import Entry
from hallway.entries.pictures import taken_in


@dataclass
class Reply:
    """The state of the box for commenting."""

    action: str
    space_id: int
    parent: Entry | None = None
    key: str = field(default_factory=new_key)
    text: str = ""
    errors: list[str] = field(default_factory=list)


@require_safe
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """An entry and what was said about it; a comment's address leads to its place there."""
    viewer = viewer_of(request)
    found = get_object_or_404(_readable(request), pk=pk)
    if found.root_id:
        top = found.pk if found.parent_id == found.root_id else found.parent_id
        later = access.visible_to(viewer).filter(parent_id=found.root_id, pk__gt=top)
        ahead = list(later.order_by("pk").values_list("pk", flat=True)[15:16])
        page = f"?before={ahead[0]}" if ahead else ""
        return redirect(f"/e/{found.root_id}{page}#entry-{found.pk}")
    parent = _number(request.GET.get("reply", ""))
    answered = None
    if parent:
        comments = access.visible_to(viewer).filter(pk=parent, root=found)
        answered = comments.select_related("author").first()
    return _page(request, found, Reply(f"/e/{pk}/comments", found.space_id, answered))


@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish a comment on entry `pk`, or a reply to the comment `parent` of that entry."""
    viewer = viewer_of(request)
    root = get_object_or_404(_readable(request), pk=pk, root__isnull=True)
    chosen = _number(request.POST.get("parent", ""))
    answered = None
    if chosen:
        answered = get_object_or_404(
            access.visible_to(viewer).select_related("space", "author"), pk=chosen, root=root
        )
    reply = Reply(
        f"/e/{pk}/comments",
        root.space_id,
        answered,
        key=request.POST.get("key", ""),
        text=request.POST.get("text", ""),
    )
    form = WordsForm(request.POST, request.FILES)
    if not form.is_valid():
        reply.errors = form.lines()
        return _page(request, root, reply)
    try:
        files = form.cleaned_data["images"]
        with taken_in(files, form.alts, by=viewer) as images:
            draft = Draft(
                text=form.cleaned_data["text"],
                images=[*form.ahead, *images],
                key=form.cleaned_data["key"] or uuid.uuid4(),
            )
            with writing():
                # Asked inside the transaction: it may have been deleted, or the viewer removed.
                if not access.may(viewer, "comment", answered or root):
                    raise Http404
                spend(viewer.pk, "write")
                said = comment(draft, answered or root, by=viewer)
    except NotAllowed as error:
        raise Http404 from error
    except (TextTooLong, ImageRefused, ImageGone, TooFast) as error:
        reply.errors = [str(error)]
        return told(_page(request, root, reply), error)
    return redirect(f"/e/{pk}#entry-{said.pk}")


def _readable(request: HttpRequest) -> QuerySet[Entry]:
    return access.visible_to(viewer_of(request)).select_related("space__owner", "author")


def _page(request: HttpRequest, root: Entry, reply: Reply) -> HttpResponse:
    watch(request, f"space:{root.space_id}")
    conversation = thread(viewer_of(request), root, _number(request.GET.get("before", "")))
    watch(request, *conversation.topics)
    context = {
        "entry": root,
        "thread": conversation,
        "earlier_url": f"?before={conversation.earlier}" if conversation.earlier else "",
        "reply": reply,
        "mine": conversation.mine,
    }
    return render(request, "comments/entry.html", context, status=422 if reply.errors else 200)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
