"""Templates that build on others look the same however often they are drawn."""

import pytest
from django.template import Context, Engine, TemplateDoesNotExist

BUILTINS = ["hallway.site.templatetags.inherit"]
PAGES = {
    "base": "<{% block a %}a{% endblock %}|{% block b %}b{% endblock %}>",
    "middle": "{% extends 'base' %}{% block a %}[{{ block.super }}]{% endblock %}",
    "leaf": "{% extends 'middle' %}{% block a %}{{ who }}{{ block.super }}{% endblock %}",
    "chosen": "{% extends parent %}{% block b %}{{ who }}{% endblock %}",
    "part": "({{ who }}{{ more }})",
    "whole": "{% include 'part' %}{% include 'part' with more='!' %}{% include name %}",
    "apart": "{% include 'part' with more='?' only %}",
    "round": "{% for who in 'xy' %}{% include 'leaf' %}{% endfor %}",
    "lost": "{% include 'nowhere' %}",
}


def engine(*, ours: bool) -> Engine:
    return Engine(
        loaders=[
            (
                "django.template.loaders.cached.Loader",
                [("django.template.loaders.locmem.Loader", PAGES)],
            )
        ],
        builtins=BUILTINS if ours else [],
    )


@pytest.mark.parametrize("name", sorted(set(PAGES) - {"lost"}))
def test_as_django_draws_it(name: str) -> None:
    ours, theirs = engine(ours=True), engine(ours=False)
    for who, parent in (("ada", "base"), ("ben", "middle"), ("cleo", "base")):
        values = {"who": who, "parent": parent, "name": "part"}
        expected = theirs.get_template(name).render(Context(values))
        assert ours.get_template(name).render(Context(values)) == expected


def test_an_unknown_name_is_said() -> None:
    with pytest.raises(TemplateDoesNotExist, match="nowhere"):
        engine(ours=True).get_template("lost").render(Context())
