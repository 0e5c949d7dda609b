"""What everyone must not read in an order's words: phones and other long numbers, links, whose door it is, who somebody is.

People write such things where they were not asked to. Each pattern means the same to Python and to PostgreSQL, so that a
search cannot find what is not shown. A building alone (3号楼) is left: many live there, and without it nobody knows what it
is about.
"""

from __future__ import annotations

import re

_NUMBER = "[0-9A-Za-z零〇一二两三四五六七八九十百]"
_SURNAME = (
    "[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟"
    "汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文欧阳]"
)
_TITLE = (
    "(?:先生|女士|小姐|大爷|大妈|大娘|大叔|大伯|大婶|大姐|大哥|奶奶|爷爷|阿姨|叔叔|婆婆|师傅|主任|书记|老师)"
)
_BUILDING = f"{_NUMBER}{{1,4}} ?(?:号楼|幢|栋|座|#楼?)"
_AMOUNT = "(?![0-9年月日天号元块米度个人次点时分多岁斤:：])"
"""After these a number is none of a room."""

LINK = r"https?://[^ \t\r\n]+"
"""It may lead to a picture of somebody's home."""
LONG_NUMBER = r"[0-9](?:[ -]?[0-9]){6,}"

HOUSE_NUMBERS = (
    # 3号楼2单元501, 二单元五楼, 2单元501室
    f"(?:{_BUILDING} ?)?{_NUMBER}{{1,3}} ?(?:单元|门洞|梯) ?(?:{_NUMBER}{{1,3}} ?[楼层] ?)?(?:{_NUMBER}{{1,4}}(?:号房|[室户号])?)?",
    # 3号楼501, 3栋-501室
    f"{_BUILDING}[ -]?[0-9]{{3,4}}{_AMOUNT}",
    # 3-2-501; two parts (3-501) only where the second can be nothing but a room
    "(?<![0-9-])[0-9]{1,3}-[0-9]{1,2}-[0-9]{2,4}(?![0-9-])",
    "(?<![0-9-])[0-9]{1,2}-[0-9]{3,4}(?![0-9年月日天元块米度个人次点-])",
    # 501室, 五零一室
    f"{_NUMBER}{{2,4}} ?(?:室|号房|住户)",
    # 人民路12号, 东街8号院
    f"(?:(?<=[路街巷弄道村组屯])|(?<=胡同)) ?{_NUMBER}{{1,5}} ?号(?![楼线车])",
    # 门牌 12 号
    f"(?:(?<=门牌)|(?<=门牌号)) ?[:：]? ?{_NUMBER}{{1,5}}",
)
NAMES = (
    # 王奶奶, 张建国先生
    f"{_SURNAME}[一-龥]{{0,2}}(?={_TITLE})",
    # 我叫王建国, 联系人:李四
    f"(?:(?<=我叫)|(?<=名叫)|(?<=姓名)|(?<=联系人)|(?<=户主)|(?<=我是))[:：是 ]{{0,2}}{_SURNAME}[一-龥]{{1,2}}",
)
HIDDEN = (LINK, LONG_NUMBER, *HOUSE_NUMBERS, *NAMES)
"""In this order; what one has hidden, the next does not see."""

_DIGITS = re.compile(f"{_NUMBER}+")


def masked(words: str) -> str:
    """The words as everyone may read them."""
    unlinked = re.sub(LINK, "[…]", words)
    shown = re.sub(LONG_NUMBER, lambda found: "*" * len(found[0]), unlinked)
    for pattern in HOUSE_NUMBERS:
        shown = re.sub(pattern, lambda found: _DIGITS.sub("×", found[0]), shown)
    for pattern in NAMES:
        shown = re.sub(pattern, "×", shown)
    return shown
