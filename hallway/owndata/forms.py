"""Forms that make sure that it is really the person who asks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hallway.people.models import Person


class ConfirmForm(forms.Form):
    """One's password, asked once more."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *given: object, person: Person, **named: object) -> None:
        self.person = person
        super().__init__(*given, **named)  # type: ignore[arg-type]

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        if not self.person.check_password(password):
            raise forms.ValidationError(_("This is not your password."))
        return password


class LeaveForm(ConfirmForm):
    """What is to become of what somebody published, and the password of who asks."""

    words = forms.ChoiceField(
        label=_("Posts and comments"),
        choices=[
            ("keep", _("They stay, by “Former member”")),
            ("erase", _("They are deleted, with their texts and pictures")),
        ],
        widget=forms.RadioSelect,
        initial="keep",
    )
    field_order = ["words", "password"]
