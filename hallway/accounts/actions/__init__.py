"""Deeds about access: one verb, one function, one transaction."""

from hallway.accounts.actions.address import agree, ask_address, stop, withdraw_address
from hallway.accounts.actions.administrators import (
    name_administrator,
    sign_out,
    unname_administrator,
)
from hallway.accounts.actions.ask_reset import ask_reset
from hallway.accounts.actions.deactivate import deactivate, let_go, let_in_again, reactivate
from hallway.accounts.actions.end_access import end_access, end_session, end_sessions
from hallway.accounts.actions.factors import (
    add_passkey,
    remove_factor,
    renew_codes,
    reset_factors,
    set_up_app,
)
from hallway.accounts.actions.first import (
    begin_first,
    first_link,
    has_administrator,
    make_administrator,
)
from hallway.accounts.actions.invite import invite, invite_all, renew_invitation, resend, withdraw
from hallway.accounts.actions.join import ask_join, join
from hallway.accounts.actions.password import LinkUsed, choose_password, set_password
from hallway.accounts.actions.refusal import Refused

__all__ = [
    "LinkUsed",
    "Refused",
    "add_passkey",
    "agree",
    "ask_address",
    "ask_join",
    "ask_reset",
    "begin_first",
    "choose_password",
    "deactivate",
    "end_access",
    "end_session",
    "end_sessions",
    "first_link",
    "has_administrator",
    "invite",
    "invite_all",
    "join",
    "let_go",
    "let_in_again",
    "make_administrator",
    "name_administrator",
    "reactivate",
    "remove_factor",
    "renew_codes",
    "renew_invitation",
    "resend",
    "reset_factors",
    "set_password",
    "set_up_app",
    "sign_out",
    "stop",
    "unname_administrator",
    "withdraw",
    "withdraw_address",
]
