"""Addresses that are not on the tour of pages, since no page is there."""

# Addresses that answer with no page, by the reason.
NO_PAGES = {
    "a deed, by POST only": (
        *("people:follow", "people:unfollow", "spaces:ask", "spaces:join", "spaces:withdraw"),
        *("spaces:decline", "spaces:answer", "spaces:role", "spaces:remove", "spaces:send"),
        *("spaces:uninvite", "spaces:appoint", "entries:react", "entries:save", "entries:delete"),
        *("entries:restore", "comments:write", "notifications:read", "notifications:seen"),
        "notifications:thread",
        *(
            "stream:seen",
            "stream:settled",
            "account_language",
            "account_resend",
            "account_withdraw",
            "owndata:ask",
            "owndata:fetch",
        ),
        *("account_deactivate", "account_reactivate", "account_end_others", "account_end_session"),
        *("account_reset_factors", "account_app_begin", "account_codes", "account_remove"),
        *(
            "account_theme",
            "account_withdraw_address",
            "account_passkey",
            "account_passkey_options",
            "account_passkey_ask",
        ),
        *("townhalls:ask", "townhalls:withdraw-question", "townhalls:vote", "townhalls:cheer"),
        *("townhalls:choose", "townhalls:remind"),
        *("townhalls:open", "townhalls:asking", "townhalls:polls", "townhalls:poll-state"),
        *("townhalls:release", "townhalls:stage", "townhalls:unstage", "townhalls:answered"),
        "townhalls:reopen",
        *("console:invite-waiting", "console:import-write", "console:administrator"),
        "console:sign-out",
        "console:remove-unit",
        "guests:prolong",
    ),
    "data for a script": (
        *("people:complete", "spaces:complete", "spaces:complete-by-number", "hub:ticket"),
        *("townhalls:words", "townhalls:tokens", "townhalls:anonymity-data"),
    ),
    "an address for nobody, which answers all alike": ("townhalls:nameless",),
    "a file": (
        *("site:brand", "site:icon", "site:logo", "site:robots", "site:health"),
        *("people:photo", "people:qr", "entries:image", "townhalls:calendar"),
        *("townhalls:qr", "townhalls:export-csv", "townhalls:export-json"),
        "console:audit-csv",
    ),
    "a file for whoever has just typed their password": ("account_app_qr",),
    "a way to something else": ("site:favicon", "people:me"),
    "a part that the home page fetches": ("stream:beside",),
}
