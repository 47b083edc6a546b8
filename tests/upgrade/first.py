"""The tables as the first release left them: the last migration of each app, written down then.

Nothing here changes when migrations are added; a release to come gets a list of its own.
"""

LEAVES = [
    ("account", "0009_emailaddress_unique_primary_email"),
    ("accounts", "0001_initial"),
    ("auth", "0012_alter_user_first_name_max_length"),
    ("axes", "0010_accessattemptexpiration"),
    ("contenttypes", "0002_remove_content_type_name"),
    ("core", "0001_initial"),
    ("entries", "0001_initial"),
    ("journal", "0002_incarnation"),
    ("notifications", "0002_questions"),
    ("people", "0001_initial"),
    ("sessions", "0001_initial"),
    ("spaces", "0001_initial"),
    ("stream", "0001_initial"),
    ("townhalls", "0001_initial"),
]
