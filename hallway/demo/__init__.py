"""The demo: an invented insurer, its weeks of conversation, and colleagues who go on with it.

It may use everything of Hallway, and only the command line uses it.
"""
