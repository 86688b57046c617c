"""The Excel form of one unit's month: what it holds, how it looks, and how a filled one is read.

The form carries machine tags: a hidden sheet names plan, unit, period and version, and a
hidden column of every row what it is about and the revision that the form was made from.
So a filled form is merged without guessing, and what somebody changed meanwhile is seen
(users-elsewhere: owner-chasing that works by e-mailed Excel).
"""
