"""What dispatch decides: plain values and pure functions; time, ids and the asker are arguments.

Read ``transitions`` first (the one table of who may do what when), then ``task``, ``standing``, and the decisions:
``triage``, ``offering``, ``acting``, ``checking``, ``clocks``.
"""
