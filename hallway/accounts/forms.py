"""What people fill in about access; every field is bounded."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from hallway.accounts.zones import zone_choices
from hallway.company.present import language_at_first, languages_offered
from hallway.core.text import clean_name
from hallway.people.models import Person

MAX_PASSWORD = 200


def address_field() -> forms.EmailField:
    """A field for an e-mail address, at most 254 characters, one line."""
    widget = forms.EmailInput(attrs={"autocomplete": "username", "autocapitalize": "none"})
    return forms.EmailField(label=_("E-mail address"), max_length=254, widget=widget)


def password_field(label: Any, kind: str = "new-password") -> forms.CharField:
    """A field for a password; `kind` tells password managers which one."""
    widget = forms.PasswordInput(attrs={"autocomplete": kind})
    return forms.CharField(label=label, max_length=MAX_PASSWORD, strip=False, widget=widget)


class SignInForm(LoginForm):  # type: ignore[misc]
    """Address and password."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["login"] = address_field()
        self.fields["password"] = password_field(_("Password"), "current-password")
        self.order_fields(["login", "password"])


class AddressForm(forms.Form):
    """The address of somebody who forgot their password."""

    email = address_field()


class NewAddressForm(AddressForm):
    """Another address than the present one."""

    def __init__(self, *given: Any, present: str, **named: Any) -> None:
        super().__init__(*given, **named)
        self.present = present
        self.fields["email"].label = _("New e-mail address")

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        if email.lower() == self.present.lower():
            raise forms.ValidationError(_("This is the address you have already."))
        return email


class NewPasswordForm(forms.Form):
    """A new password, twice, for `person`."""

    password = password_field(_("New password"))
    again = password_field(_("The same once more"))

    def __init__(self, *given: Any, person: Person, **named: Any) -> None:
        super().__init__(*given, **named)
        self.person = person
        self.fields["password"].help_text = _("At least 10 characters. Several words are good.")

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password, self.person)
        return password

    def clean(self) -> None:
        given = self.cleaned_data
        if "password" in given and given.get("again") not in (None, given["password"]):
            self.add_error("again", _("This is not the same password."))


class ChangePasswordForm(NewPasswordForm):
    """The present password and a new one."""

    present = password_field(_("Present password"), "current-password")
    field_order = ["present", "password", "again"]

    def clean_present(self) -> str:
        present = str(self.cleaned_data["present"])
        if not self.person.check_password(present):
            raise forms.ValidationError(_("This is not your present password."))
        return present


class NameField(forms.CharField):
    """A person's name in one line without invisible characters."""

    def __init__(self) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "name"})
        super().__init__(label=_("Name"), max_length=120, widget=widget)

    def clean(self, value: Any) -> str:
        name = clean_name(str(super().clean(value)))
        if not name:
            raise forms.ValidationError(self.error_messages["required"])
        return name


class FirstForm(NewPasswordForm):
    """Name, address and password of the first administrator."""

    name = NameField()
    email = address_field()
    field_order = ["name", "email", "password", "again"]


class JoinForm(NewPasswordForm):
    """Name and password of somebody who joins."""

    name = NameField()
    field_order = ["name", "password", "again"]


class InvitationForm(forms.Form):
    """Whom to invite."""

    email = address_field()
    name = NameField()
    kind = forms.ChoiceField(
        label=_("Who they are"), choices=Person.Kind.choices, initial=Person.Kind.EMPLOYEE
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=languages_offered, initial=language_at_first
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for name in ("email", "name"):
            self.fields[name].widget.attrs["autocomplete"] = "off"


class PasskeyForm(forms.Form):
    """What a browser says of a passkey, written there by `passkey-form.ts`."""

    credential = forms.JSONField(required=False, widget=forms.HiddenInput)


class ConfirmForm(PasskeyForm):
    """The present password, or a passkey."""

    password = password_field(_("Password"), "current-password")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["password"].required = not self.data.get("credential")


def code_field(label: Any) -> forms.CharField:
    """A field for a code from an app; recovery codes, which are longer, fit as well."""
    widget = forms.TextInput(
        attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
    )
    return forms.CharField(label=label, max_length=20, widget=widget)


class StepForm(PasskeyForm):
    """A code, or a passkey."""

    code = code_field(_("Code"))

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["code"].required = not self.data.get("credential")


class AppForm(forms.Form):
    """The first code of an authenticator app, which shows that it was set up."""

    code = code_field(_("Code that the app shows"))
    end_others = forms.BooleanField(
        label=_("Sign out everywhere else"), required=False, initial=True
    )


class NewPasskeyForm(PasskeyForm):
    """A passkey and what its owner calls it."""

    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        help_text=_("So that you know it again, such as “my telephone”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    end_others = forms.BooleanField(
        label=_("Sign out everywhere else"), required=False, initial=True
    )


class LanguageForm(forms.Form):
    """In which language to see Hallway."""

    language = forms.ChoiceField(label=_("Language"), choices=languages_offered)


class ThemeForm(forms.Form):
    """In which colours to see Hallway."""

    theme = forms.ChoiceField(
        label=_("Colours"), choices=Person.Theme.choices, widget=forms.RadioSelect
    )


class DisplayForm(LanguageForm, ThemeForm):
    """How one sees Hallway, on all of one's devices."""

    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        choices=zone_choices,
        help_text=_("In which dates and times are shown to you."),
    )
    field_order = ["language", "time_zone", "theme"]
