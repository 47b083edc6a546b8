"""What holds for the whole company: its looks, its languages, how people get in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hallway.accounts.views.confirming import confirm_first
from hallway.accounts.views.guard import administrators_only
from hallway.company.present import company
from hallway.console import actions
from hallway.console.company_form import CompanyForm, LogoForm
from hallway.core.http import viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
@confirm_first
def settle(request: HttpRequest) -> HttpResponse:
    """Show what is settled, and settle it otherwise."""
    form = CompanyForm(company(), request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    try:
        seen = form.cleaned_data["seen"]
        actions.change_settings(form.wanted, seen=seen, by=viewer_of(request))
    except actions.ChangedMeanwhile:
        form.show_again(company())
        form.add_error(
            None, _("Somebody changed these settings meanwhile. Save again to keep yours.")
        )
        return _page(request, form)
    messages.success(request, _("Saved."))
    return redirect("console:settings")


@require_POST
@administrators_only
@confirm_first
def logo(request: HttpRequest) -> HttpResponse:
    """Take a new logo, or with `remove` none."""
    viewer = viewer_of(request)
    if "remove" in request.POST:
        actions.remove_logo(by=viewer)
    else:
        form = LogoForm(viewer, request.POST, request.FILES)
        if not form.is_valid():
            return _page(request, CompanyForm(company()), form)
        actions.change_logo(form.cleaned_data["logo"], by=viewer)
    messages.success(request, _("Saved."))
    return redirect("console:settings")


def _page(request: HttpRequest, form: CompanyForm, logo: LogoForm | None = None) -> HttpResponse:
    context = {
        "form": form,
        "logo": logo or LogoForm(viewer_of(request)),
        "settled": company(),
        "here_tab": "settings",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "console/settings.html", context, status=status)
