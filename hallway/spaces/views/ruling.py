"""The page on which managers say whom a space takes in by itself."""

from functools import partial
from typing import Any

from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hallway.core.http import viewer_of
from hallway.people.models import Person
from hallway.spaces import actions, ruling
from hallway.spaces.actions.rule import grounds_of
from hallway.spaces.forms_of_rules import RuleForm
from hallway.spaces.models import Rule
from hallway.spaces.standing import Standing
from hallway.spaces.views.loading import done, page_of, standing_or_404

OFFERED = 50
"""So many of the places and titles that most people have are offered while one types."""


@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """The rules; with a ground in the query, what one more would do; by POST, make it.

    With `end=NUMBER` in the query: what would happen without that one.
    """
    standing = standing_or_404(request, slug, "rule")
    if request.method == "POST":
        return _make(request, standing)
    held = list(ruling.rules_of(standing.space))
    context: dict[str, Any] = {}
    if "ground" in request.GET:
        form = RuleForm(standing.space, request.GET)
        context["form"] = form
        if form.is_valid():
            rule = form.rule()
            context["coming"] = rule
            context["effect"] = ruling.effect_of(standing.space, [*held, rule])
    ending = request.GET.get("end", "")
    going = next((rule for rule in held if str(rule.pk) == ending), None)
    if going is not None:
        rest = [rule for rule in held if rule != going]
        context |= {"going": going, "effect": ruling.effect_of(standing.space, rest)}
    return _page(request, standing, held, **context)


@require_POST
def end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """End one rule."""
    standing = standing_or_404(request, slug, "rule")
    deed = partial(actions.drop_rule, standing.space, pk, by=viewer_of(request))
    return done(request, standing, deed, _("The rule has ended."))


def _make(request: HttpRequest, standing: Standing) -> HttpResponse:
    form = RuleForm(standing.space, request.POST)
    held = list(ruling.rules_of(standing.space))
    if not form.is_valid():
        return _page(request, standing, held, status=422, form=form)
    rule, viewer = form.rule(), viewer_of(request)
    deed = partial(
        actions.add_rule,
        *(standing.space, rule.ground),
        unit=rule.unit,
        value=rule.value,
        by=viewer,
    )
    try:
        return done(request, standing, deed, _("The rule holds from now on."))
    except actions.TooManyRules:
        form.add_error(None, _("A space has at most %d rules.") % ruling.MOST_RULES)
    except ValueError as error:
        # It was open when the page was read.
        raise Http404 from error
    return _page(request, standing, held, status=422, form=form)


def _page(
    request: HttpRequest, standing: Standing, held: list[Rule], status: int = 200, **more: Any
) -> HttpResponse:
    space = standing.space
    here = ruling.by_rule(space)
    context = {
        "rules": held,
        "by_rule": here,
        "empty": [RuleForm(space, ground=ground) for ground in grounds_of(space)],
        "offered": {
            ground: _commonest(ground) for ground in ("location", "title") if space.is_open
        },
        **more,
    }
    return page_of(request, "spaces/rules.html", standing, status=status, **context)


def _commonest(column: str) -> list[str]:
    people: QuerySet[Person] = (
        QuerySet(Person).filter(is_active=True, kind=Person.Kind.EMPLOYEE).order_by()
    )
    rows = people.exclude(**{column: ""}).values_list(column).annotate(count=Count("pk"))
    return [value for value, _count in rows.order_by("-count", column)[:OFFERED]]
