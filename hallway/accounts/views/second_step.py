"""The second step of signing in, and signing in with a passkey instead of a password."""

from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.models import Login
from allauth.core.ratelimit import consume_or_429
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hallway.accounts import lockout, passkeys
from hallway.accounts.adapter import FIRST_STEP
from hallway.accounts.factors import accepts, held_by
from hallway.accounts.forms import PasskeyForm, StepForm
from hallway.core.http import next_url
from hallway.people.models import Person


@login_stage_required(stage=AuthenticateStage.key, redirect_urlname="account_login")  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest) -> HttpResponse:
    """Ask whoever gave the right password for a code, or a passkey of theirs."""
    stage = request._login_stage  # type: ignore[attr-defined]
    person: Person = stage.login.user
    if not _still(request, person) or "cancel" in request.POST:
        left: HttpResponse = stage.abort()
        return left
    if not lockout.is_open(request, person):
        return lockout.answer(request)
    form = StepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        factor = _shown(person, form)
        if factor is not None:
            post_authentication(request, factor)
            done: HttpResponse = stage.exit()
            return done
        lockout.count_wrong_code(request, person)
        form.add_error("code", _("This code is not right, or was used before. Try the next one."))
    context = {"form": form, "held": held_by(person)}
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/second_step.html", context, status=status)


@login_not_required
@require_POST
def options(request: HttpRequest) -> HttpResponse:
    """What the browser asks a passkey: of the person under way, of the viewer, or of anybody."""
    refused = consume_or_429(request, action="login")
    if refused:
        return refused  # type: ignore[no-any-return]
    person = request.user if isinstance(request.user, Person) else _under_way(request)
    return JsonResponse(passkeys.request_options(person))


@login_not_required
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey alone: it is something one has, and asks for finger, face or PIN."""
    refused = consume_or_429(request, action="login")
    if refused:
        return refused  # type: ignore[no-any-return]
    form = PasskeyForm(request.POST)
    credential = form.cleaned_data["credential"] if form.is_valid() else None
    try:
        person = passkeys.owner_of(credential)
        factor = passkeys.check(person, credential)
    except ValidationError:
        return redirect(f"{reverse('account_login')}?passkey=refused")
    login = Login(
        user=person, redirect_url=next_url(request, "/") if "next" in request.POST else None
    )
    response: HttpResponse = perform_passwordless_login(request, factor, login)
    return response


def _shown(person: Person, form: StepForm) -> Authenticator | None:
    credential = form.cleaned_data["credential"]
    if not credential:
        return accepts(person, form.cleaned_data["code"])
    try:
        return passkeys.check(person, credential)
    except ValidationError:
        return None


def _under_way(request: HttpRequest) -> Person | None:
    stage = get_pending_stage(request)
    person = stage.login.user if stage else None
    return person if isinstance(person, Person) and _still(request, person) else None


def _still(request: HttpRequest, person: Person) -> bool:
    """Whether the first step holds: nobody was deactivated or got another password since."""
    first = str(request.session.get(FIRST_STEP, ""))
    return person.is_active and constant_time_compare(first, person.get_session_auth_hash())
