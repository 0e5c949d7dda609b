"""精准匹配: whom to ask for which task. Hard rules, scores by part, candidates for many tasks at once, the best batch.

Read ``values``, ``rules`` and ``scoring`` for what is decided of one pair; ``columns``, ``index``, ``candidates`` and
``batch`` do the same for a city. Nothing here knows tables or the clock. What the database and pages need of one task
imports neither numpy nor the solver: those belong to the process that matches a batch.
"""
