"""The made-up company: complete, plausible, and never in the way of a real one."""
