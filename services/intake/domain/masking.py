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
    "(?:先生|女士|小姐|大爷|大妈|大娘|大叔|大伯|大婶|大姐|大哥|大嫂|嫂子|奶奶|爷爷|阿姨|叔叔|伯伯|婆婆|师傅|主任|书记|老师"
    "|医生|大夫|同志)"
)
_CALLED = "[姐哥姨叔婶嫂]"
_NICKED = (
    "[王李张刘陈赵吴徐孙朱郭何罗宋郑谢韩唐冯董萧曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴汪姜范姚谭廖邹陆郝崔邱秦顾侯邵尹"
    "黎贺赖龚]"
)
"""Surnames that make no other word with 老 or 小 before them, as 小区 and 小高层 would be."""
_NO_NAME = (
    "(?!高[层空处楼压温速个兴血声龄级]|周[围边末一二三四五六日]|常[年常住来去用]|方[便面向案]|万[一能]|任[何务]|马[路上桶]|白[天色班]"
    "|黄[色线]|金[属融]|石[头板油]|江边|田[地里]|段时|于是|何[时处必]|毛病|夏[天季]|胡[同乱]|雷雨|龙头|乔木|黎明|陈年|张[贴望]|谢谢"
    "|唐突|史上|顾客|程[序度])"
)
"""What begins as a surname does and is none."""
_AFTER_NAME = "(?=[家说讲的在住把和跟与有被已也都又要想经每天是来去反打找]|[^一-龥]|$)"
_NAMED = "(?:(?<=我叫)|(?<=名叫)|(?<=他叫)|(?<=她叫)|(?<=姓名)|(?<=联系人)|(?<=户主)|(?<=本人))"
_KIN = (
    "(?:(?<=我是)|(?<=邻居)|(?<=房东)|(?<=业主)|(?<=租户)|(?<=租客)|(?<=老人)|(?<=残疾人)|(?<=低保户)|(?<=老伴)|(?<=儿子)"
    "|(?<=女儿)|(?<=父亲)|(?<=母亲)|(?<=丈夫)|(?<=妻子)|(?<=老公)|(?<=老婆)|(?<=爱人))"
)
_BESIDE = "(?:(?<=找)|(?<=是)|(?<=邻居)|(?<=楼上)|(?<=楼下)|(?<=隔壁)|(?<=对门)|(?<![一-龥]))"
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
    # 501室, 五零一室, 501业主
    f"{_NUMBER}{{2,4}} ?(?:室|号房|住户|业主)",
    # 5楼502, 12层1203
    f"{_NUMBER}{{1,3}} ?[楼层] ?[0-9]{{3,4}}{_AMOUNT}",
    # 5楼东户, 三层左手边那户
    f"{_NUMBER}{{1,3}} ?[楼层] ?[东西南北中左右](?:边|手边?)?那?[户家]",
    # 人民路12号, 东街8号院
    f"(?:(?<=[路街巷弄道村组屯])|(?<=胡同)) ?{_NUMBER}{{1,5}} ?号(?![楼线车])",
    # 门牌 12 号
    f"(?:(?<=门牌)|(?<=门牌号)|(?<=门牌是)|(?<=门牌号是)) ?[:：]? ?{_NUMBER}{{1,5}}",
)
NAMES = (
    # 王奶奶, 张建国先生
    f"(?<!任){_NO_NAME}{_SURNAME}[一-龥]{{0,2}}(?={_TITLE})",
    # 李姐, 陈叔
    f"{_SURNAME}(?={_CALLED}(?!{_CALLED}|[妹弟]))",
    # 我叫王建国, 联系人:李四
    f"{_NAMED}[:：是叫 ]{{0,2}}{_NO_NAME}{_SURNAME}[一-龥]{{1,2}}",
    # 我是王建国; 邻居王建国家的狗
    f"{_KIN} ?{_NO_NAME}{_SURNAME}[一-龥](?:(?!家)[一-龥])?{_AFTER_NAME}",
    # 老王家, 楼上小李说
    f"{_BESIDE}[老小]{_NICKED}{_AFTER_NAME}",
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
