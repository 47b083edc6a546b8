"""Change one's words; the earlier ones stay readable in the history."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hallway.core.http import viewer_of
from hallway.core.limits import TooFast, spend, told
from hallway.core.text import TextTooLong
from hallway.entries import access, actions
from hallway.entries.actions.edit import EditConflict
from hallway.entries.forms import WordsForm
from hallway.entries.models import Entry
from hallway.people.models import Person


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the words in a form; write them when sent. Only the author may."""
    viewer = viewer_of(request)
    entry = get_object_or_404(access.visible_to(viewer).select_related("space"), pk=pk)
    if not access.may(viewer, "edit", entry):
        raise Http404
    if request.method == "POST":
        return _write(request, viewer, entry)
    text = access.texts_to(viewer).get(pk=pk)
    edits = access.revisions_to(viewer).filter(entry=entry).count()
    return _show(request, entry, text.title, text.source, edits=edits)


def _write(request: HttpRequest, viewer: Person, entry: Entry) -> HttpResponse:
    form = WordsForm(request.POST)
    title, source = request.POST.get("title", ""), request.POST.get("text", "")
    seen = request.POST.get("edits", "")
    edits = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else None
    if not form.is_valid():
        return _show(request, entry, title, source, edits=edits, errors=form.lines())
    try:
        spend(viewer.pk, "write")
        actions.edit(entry, title=title, text=source, by=viewer, edits=edits)
    except (TextTooLong, TooFast) as error:
        page = _show(request, entry, title, source, edits=edits, errors=[str(error)])
        return told(page, error)
    except actions.NotAllowed as error:
        raise Http404 from error
    except EditConflict:
        now = get_object_or_404(access.texts_to(viewer), pk=entry.pk)
        count = access.revisions_to(viewer).filter(entry=entry).count()
        sentence = _("You changed this on another screen meanwhile. Compare, then save again.")
        return _show(
            request, entry, title, source, edits=count, errors=[sentence], other=now.source
        )
    return redirect(f"/e/{entry.thread_id}#entry-{entry.pk}")


def _show(
    request: HttpRequest,
    entry: Entry,
    title: str,
    text: str,
    *,
    edits: int | None,
    errors: list[str] | None = None,
    other: str = "",
) -> HttpResponse:
    context = {
        "entry": entry,
        "title": title,
        "text": text,
        "edits": edits,
        "errors": errors,
        "other": other,
        "back": f"/e/{entry.thread_id}#entry-{entry.pk}",
    }
    return render(request, "entries/edit.html", context, status=422 if errors else 200)
