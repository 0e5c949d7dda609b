"""The story of Ziyun: one quarter of the practice (three streets, seven urban communities), told to a running Sandan.

``story`` reads the plain data in ``deploy/data/ziyun``, ``courses`` says how an order of each kind goes, ``person`` is
somebody at the HTTP API, ``cast`` opens the accounts, ``play`` tells it all, week by week. Everybody in it is invented;
the places are real.
"""

from deploy.embedded.ziyun.play import Outcome as Outcome
from deploy.embedded.ziyun.play import play as play
