"""Each adapter against a provider that behaves as documented, over real sockets."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from services.notify.domain.channels import Handed, Later, Parcel, Receipt, Rejected
from services.notify.store.adapters.aliyun_sms import AliyunSms, SmsSettings, signed
from services.notify.store.adapters.smtp import Smtp, SmtpSettings
from services.notify.store.adapters.wechat import Wechat, WechatSettings
from services.notify.store.adapters.wecom import Wecom, WecomSettings
from tests.integration.notify.providers import (
    KEY_ID,
    KEY_SECRET,
    NOBODY,
    Mailbox,
    Providers,
    running_mailbox,
    running_providers,
)
from tests.waiting import free_port

TOKEN = "an-invented-token"
PARCEL = Parcel(
    key="019a0000-0000-7000-8000-000000000001",
    title="点单已立项",
    words="您的点单已立项，承诺 3月5日 前答复。",
    link="http://sandan.example/orders/1",
    unsubscribe="http://sandan.example/unsubscribe/x",
)


@pytest.fixture
def providers() -> Iterator[Providers]:
    with running_providers() as running:
        yield running


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with running_mailbox() as running:
        yield running


def wecom(url: str) -> Wecom:
    return Wecom(WecomSettings(corp_id="corp", agent_id=1, secret="s", url=url))


def wechat(url: str) -> Wechat:
    return Wechat(WechatSettings(app_id="app", secret="s", template_id="t", token=TOKEN, url=url))


def sms(url: str) -> AliyunSms:
    return AliyunSms(
        SmsSettings(
            key_id=KEY_ID,
            key_secret=KEY_SECRET,
            sign_name="三单",
            code_template="SMS_1",
            tell_template="SMS_2",
            url=url,
        )
    )


def smtp(port: int) -> Smtp:
    return Smtp(SmtpSettings(url=f"smtp://127.0.0.1:{port}", sender="tell@sandan.example"))


def test_wecom_sends_a_card_and_gets_a_token_once(providers: Providers) -> None:
    adapter = wecom(providers.url)
    assert adapter.send("zhang", PARCEL) == Handed("wecom-1")
    assert adapter.send("li", PARCEL) == Handed("wecom-1")
    assert providers.tokens == 1
    first = providers.taken[0]
    assert (first["touser"], first["agentid"], first["msgtype"]) == ("zhang", 1, "textcard")
    assert first["textcard"] == {"title": PARCEL.title, "description": PARCEL.words, "url": PARCEL.link}


@pytest.mark.parametrize("make", [wecom, wechat])
def test_a_token_that_has_ended_is_replaced_and_the_message_sent(
    providers: Providers, make: type[Wecom]
) -> None:
    adapter = make(providers.url)  # type: ignore[arg-type]
    adapter.send("follower-of-the-account-1", PARCEL)
    providers.ended = True
    assert isinstance(adapter.send("follower-of-the-account-2", PARCEL), Handed)
    providers.tokens += 1  # another process got one, and ours counts no more
    assert isinstance(adapter.send("follower-of-the-account-3", PARCEL), Handed)


def test_wecom_shows_a_repeated_try_once(providers: Providers) -> None:
    adapter = wecom(providers.url)
    assert adapter.send("zhang", PARCEL) == adapter.send("zhang", PARCEL)
    assert len(providers.taken) == 1


def test_wecom_tells_no_such_member_from_too_often(providers: Providers) -> None:
    adapter = wecom(providers.url)
    assert adapter.send(NOBODY, PARCEL) == Rejected("WeCom 81013")
    providers.busy = 1
    assert adapter.send("zhang", PARCEL) == Later("WeCom 45009", after=timedelta(minutes=1))


def test_wechat_fills_the_template_and_is_idempotent_by_our_key(providers: Providers) -> None:
    adapter = wechat(providers.url)
    assert adapter.send("follower", PARCEL) == Handed("200228332")
    assert adapter.send("follower", PARCEL) == Handed("200228332")
    (told,) = providers.taken
    assert told["data"]["thing1"]["value"] == "点单已立项"
    assert len(told["data"]["thing2"]["value"]) <= 20
    assert adapter.send(NOBODY, PARCEL) == Rejected("WeChat 43004")


def wechat_query(token: str = TOKEN) -> dict[str, str]:
    digest = hashlib.sha1("".join(sorted((token, "1", "n"))).encode(), usedforsecurity=False).hexdigest()
    return {"timestamp": "1", "nonce": "n", "signature": digest, "echostr": "hello"}


def finished(status: str) -> str:
    return (
        "<xml><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[TEMPLATESENDJOBFINISH]]></Event>"
        f"<MsgID>200228332</MsgID><Status><![CDATA[{status}]]></Status></xml>"
    )


def test_wechat_tells_what_became_of_a_message_and_is_believed_only_with_its_signature() -> None:
    adapter = wechat("http://unused.example")
    arrived = adapter.called_back(wechat_query(), finished("success"))
    assert arrived is not None
    assert arrived.receipts == (Receipt(None, "200228332", arrived=True),)
    blocked = adapter.called_back(wechat_query(), finished("failed:user block"))
    assert blocked is not None
    assert blocked.receipts == (Receipt(None, "200228332", False, "WeChat failed:user block"),)
    assert adapter.called_back(wechat_query("another token"), finished("success")) is None
    hello = adapter.called_back(wechat_query(), "")
    assert hello is not None
    assert hello.answer == "hello"
    for broken in ("<xml>", "<!DOCTYPE x [<!ENTITY a 'b'>]><xml/>", "x" * 70_000):
        with pytest.raises(ValueError, match="not"):
            adapter.called_back(wechat_query(), broken)


def test_the_signature_of_sms_is_that_of_the_documents_own_example() -> None:
    headers = signed(
        "RunInstances",
        {"ImageId": "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd", "RegionId": "cn-shanghai"},
        host="ecs.cn-shanghai.aliyuncs.com",
        key_id="YourAccessKeyId",
        key_secret="YourAccessKeySecret",
        at=datetime(2023, 10, 26, 10, 22, 32, tzinfo=UTC),
        nonce="3156853299f313e23d1673dc12e1703d",
        version="2014-05-26",
    )
    expected = "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
    assert headers["Authorization"].endswith(f"Signature={expected}")


def test_sms_is_signed_and_fills_the_approved_templates(providers: Providers) -> None:
    adapter = sms(providers.url)
    assert adapter.send("13800000021", PARCEL) == Handed("biz-1")
    code = Parcel(key="k", title="验证码", words="【三单】验证码 123456", code="123456")
    assert adapter.send("13800000021", code) == Handed("biz-2")
    told, coded = providers.taken
    assert (told["TemplateCode"], json.loads(told["TemplateParam"])) == ("SMS_2", {"title": "点单已立项"})
    assert (coded["TemplateCode"], json.loads(coded["TemplateParam"])) == ("SMS_1", {"code": "123456"})
    assert told["OutId"] == PARCEL.key


def test_sms_tells_a_bad_number_from_too_often(providers: Providers) -> None:
    adapter = sms(providers.url)
    assert adapter.send("000", PARCEL) == Rejected("Aliyun isv.MOBILE_NUMBER_ILLEGAL")
    providers.busy = 1
    ending = adapter.send("13800000021", PARCEL)
    assert ending == Later("Aliyun isv.BUSINESS_LIMIT_CONTROL", after=timedelta(minutes=10))


def test_reports_of_sms_are_read_by_our_key() -> None:
    told = [
        {
            "phone_number": "13800000021",
            "success": True,
            "err_code": "DELIVERED",
            "biz_id": "b",
            "out_id": "k1",
        },
        {
            "phone_number": "13800000021",
            "success": False,
            "err_code": "MOBILE_NOT_ON_SERVICE",
            "out_id": "k2",
        },
        {"phone_number": "13800000021", "success": True, "biz_id": "not ours"},
    ]
    found = sms("http://unused.example").called_back({}, json.dumps(told))
    assert found is not None
    assert found.receipts == (
        Receipt("k1", None, arrived=True),
        Receipt("k2", None, False, "Aliyun MOBILE_NOT_ON_SERVICE"),
    )
    assert json.loads(found.answer)["code"] == 0
    for broken in ("{}", "[1]", "no json"):
        with pytest.raises(ValueError, match=r"."):
            sms("http://unused.example").called_back({}, broken)


@pytest.mark.parametrize("make", [wecom, wechat, sms])
def test_a_provider_that_is_away_is_tried_again(make: type[Wecom]) -> None:
    adapter = make(f"http://127.0.0.1:{free_port()}")  # type: ignore[arg-type]
    ending = adapter.send("13800000021", PARCEL)
    assert isinstance(ending, Later)
    assert not ending.unsure


def test_a_mail_says_how_to_end_them_with_one_click(mailbox: Mailbox) -> None:
    ending = smtp(mailbox.port).send("somebody@mail.example", PARCEL)
    (mail,) = mailbox.mails
    assert ending == Handed(f"<{PARCEL.key}@sandan.example>")
    assert (mail["Subject"], mail["To"]) == ("点单已立项", "somebody@mail.example")
    assert mail["Message-ID"] == f"<{PARCEL.key}@sandan.example>"
    assert mail["List-Unsubscribe"] == f"<{PARCEL.unsubscribe}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    body = mail.get_content()
    assert PARCEL.words in body
    assert str(PARCEL.link) in body


def test_a_mailbox_that_is_not_there_and_one_that_is_full(mailbox: Mailbox) -> None:
    mailbox.refusing = {"gone@mail.example": "550 no such user", "full@mail.example": "452 full"}
    adapter = smtp(mailbox.port)
    assert adapter.send("gone@mail.example", PARCEL) == Rejected("SMTP 550")
    assert adapter.send("full@mail.example", PARCEL) == Later("SMTP 452")
    assert smtp(free_port()).send("a@mail.example", PARCEL) == Later("ConnectionRefusedError")


def test_a_password_is_not_sent_in_the_clear(mailbox: Mailbox) -> None:
    adapter = Smtp(SmtpSettings(url=f"smtp://user:secret@127.0.0.1:{mailbox.port}", sender="a@b.example"))
    assert isinstance(adapter.send("somebody@mail.example", PARCEL), Later)
    assert mailbox.mails == []
