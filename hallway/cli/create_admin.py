"""`hallway create-admin`: make an administrator, new or from somebody who is there already."""

import argparse
import getpass
import sys
from pathlib import Path

from django.core.exceptions import ValidationError

from hallway.cli.naming import add_command


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "create-admin",
        "make an administrator, with a password",
        epilog='example: hallway create-admin --email eve@company.example --name "Eve Adeyemi"',
    )
    parser.add_argument("--email", required=True, help="their address, with which they sign in")
    parser.add_argument("--name", required=True, help="their name; kept if they exist already")
    parser.add_argument(
        "--password-file",
        metavar="FILE",
        help="file whose first line is the password, - for the input; else it is asked for",
    )
    parser.set_defaults(func=create_admin)


def create_admin(parsed: argparse.Namespace) -> int:
    """Check what was given as the pages do, then make the administrator; 1 when it is refused."""
    from hallway.accounts.actions import Refused, make_administrator
    from hallway.accounts.forms import FirstForm
    from hallway.people.models import Person

    try:
        password = _password(parsed.password_file)
    except OSError as error:
        return _refuse(f"{parsed.password_file} cannot be read: {error.strerror}.")
    except UnicodeDecodeError:
        return _refuse(f"{parsed.password_file} cannot be read: it is no text.")
    given = {"email": parsed.email, "name": parsed.name, "password": password, "again": password}
    form = FirstForm(given, person=Person(email=parsed.email, name=parsed.name))
    if not form.is_valid():
        errors = form.errors.as_data()
        return _refuse(*(f"{field}: {_words(found)}" for field, found in errors.items()))
    clean = form.cleaned_data
    try:
        person = make_administrator(clean["email"], clean["name"], clean["password"])
    except Refused as refused:
        return _refuse(str(refused.words))
    print(f"{person.name} ({person.email}) is an administrator.")
    return 0


def _password(file: str | None) -> str:
    if file is None:
        return getpass.getpass("Password: ")
    text = sys.stdin.read() if file == "-" else Path(file).read_text("utf-8")
    return text.partition("\n")[0].rstrip("\r")


def _words(found: list[ValidationError]) -> str:
    return " ".join(line for error in found for line in error.messages)


def _refuse(*lines: str) -> int:
    for line in lines:
        print(f"hallway: {line}", file=sys.stderr)
    return 1
