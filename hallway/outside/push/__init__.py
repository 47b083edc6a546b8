"""Pushes to browsers, encrypted for each, without anybody in between but its maker."""
