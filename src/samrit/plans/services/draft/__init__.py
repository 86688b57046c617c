"""Every write of a draft: begun, its rows changed and changed back, decided on, made a version."""
