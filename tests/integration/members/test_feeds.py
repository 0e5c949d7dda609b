"""Calendar feeds in the database: the token is kept sealed, found by its digest, and one an account."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from services.kit.actor import VISITOR, Actor
from services.kit.outcomes import Refused
from services.members import contracts as c
from services.members.handlers import feeds
from services.members.handlers.accounts import open_account
from services.members.handlers.passwords import hash_password
from tests.integration.members.house import PASSWORD, House


def somebody(house: House) -> Actor:
    ask = c.OpenAccount(login="somebody", name="某人", password=PASSWORD)
    with house.work() as work:
        return Actor(id=open_account(work, ask, hash_password).account_id)


def test_the_token_opens_the_account_and_is_not_stored_in_the_clear(house: House) -> None:
    actor = somebody(house)
    with house.work(actor) as work:
        made = feeds.make_feed(work, c.MakeFeed(), house.sealer)
    with house.work(actor) as work:
        assert feeds.get_feed(work, c.GetFeed(), house.sealer) == made
        row = work.db.execute(text("SELECT * FROM feeds")).one()
    assert not any(made.token.encode() in bytes(each) for each in row if isinstance(each, bytes | memoryview))
    with house.work(VISITOR) as work:
        assert feeds.whose_feed(work, c.WhoseFeed(token=made.token)).account.account_id == actor.id


def test_a_new_one_ends_the_old_one_and_revoking_ends_it(house: House) -> None:
    actor = somebody(house)
    with house.work(actor) as work:
        first = feeds.make_feed(work, c.MakeFeed(), house.sealer)
        second = feeds.make_feed(work, c.MakeFeed(), house.sealer)
        with pytest.raises(Refused):
            feeds.whose_feed(work, c.WhoseFeed(token=first.token))
        assert feeds.whose_feed(work, c.WhoseFeed(token=second.token)).account.account_id == actor.id
        feeds.revoke_feed(work, c.RevokeFeed())
        feeds.revoke_feed(work, c.RevokeFeed())
        for wrong in (second.token, "", "guessed"):
            with pytest.raises(Refused) as refused:
                feeds.whose_feed(work, c.WhoseFeed(token=wrong))
            assert refused.value.slug == c.Slug.NO_SUCH_FEED


def test_nobody_has_one_without_an_account(house: House) -> None:
    with house.work(VISITOR) as work, pytest.raises(Refused) as refused:
        feeds.make_feed(work, c.MakeFeed(), house.sealer)
    assert refused.value.status == 403
