"""Objects and faults by their many names. What is not listed here is compared by its characters alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Reach(IntEnum):
    """How far one and the same object reaches: two mentions further apart than that speak of two objects."""

    AREA = 0  # a lamp in the street, a barrier: the building only says where it stands
    BUILDING = 1  # the pipes, the roof
    UNIT = 2  # the lift, the front door
    FLOOR = 3  # the lamp on a landing
    HOME = 4  # what is behind one's own door


@dataclass(frozen=True, slots=True)
class Thing:
    code: str
    label: str
    reach: Reach
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    code: str
    label: str
    words: tuple[str, ...]


# fmt: off
THINGS: tuple[Thing, ...] = (
    Thing("lift", "电梯", Reach.UNIT, ("电梯", "升降梯", "客梯", "货梯", "直梯", "轿厢", "梯门")),
    Thing("street_lamp", "路灯", Reach.AREA, ("路灯", "街灯", "照明灯", "庭院灯", "草坪灯", "灯杆", "景观灯")),
    Thing("stair_lamp", "楼道灯", Reach.FLOOR, ("楼道灯", "楼道的灯", "楼道里的灯", "楼道内的灯", "楼梯灯", "楼梯间的灯", "声控灯", "感应灯", "走廊灯", "走廊的灯", "过道灯", "楼道照明")),
    Thing("sewer", "下水道", Reach.BUILDING, ("下水道", "下水管", "下水", "污水管", "排污管", "污水井", "化粪池", "排水管", "排水沟", "雨水管", "地漏", "污水", "粪水", "粪便")),
    Thing("manhole", "井盖", Reach.AREA, ("窨井盖", "井盖", "窨井", "雨水篦子", "水篦子", "检查井", "井圈")),
    Thing("water", "供水", Reach.BUILDING, ("自来水", "供水", "水压", "水泵", "二次供水", "水箱")),
    Thing("pipe", "水管", Reach.BUILDING, ("水管", "管道", "管子", "水阀", "阀门", "立管", "主管")),
    Thing("power", "供电", Reach.BUILDING, ("供电", "电闸", "电表箱", "电压", "配电箱", "变压器", "空开")),
    Thing("heating", "暖气", Reach.BUILDING, ("暖气片", "暖气", "供暖", "供热", "地暖")),
    Thing("gas", "燃气", Reach.BUILDING, ("天然气", "燃气", "煤气", "管道气")),
    Thing("roof", "屋顶", Reach.BUILDING, ("楼顶", "屋顶", "天台", "屋面", "顶层天花板", "房顶")),
    Thing("wall", "外墙", Reach.BUILDING, ("外墙", "墙皮", "墙砖", "瓷砖", "保温层", "外立面", "墙体", "墙面")),
    Thing("front_door", "单元门", Reach.UNIT, ("单元门", "楼宇门", "门禁", "对讲机", "对讲门", "防盗门", "楼门", "可视对讲")),
    Thing("barrier", "道闸", Reach.AREA, ("道闸", "栏杆机", "抬杆", "起落杆", "车闸", "拦车杆")),
    Thing("bin", "垃圾桶", Reach.AREA, ("垃圾桶", "垃圾箱", "垃圾筒", "垃圾", "厨余", "果皮箱")),
    Thing("bulky", "建筑垃圾", Reach.AREA, ("建筑垃圾", "装修垃圾", "大件垃圾", "渣土", "废旧家具", "旧家具")),
    Thing("clutter", "杂物", Reach.FLOOR, ("杂物", "纸箱", "鞋柜", "旧沙发", "纸壳", "破烂", "废品")),
    Thing("parking", "停车", Reach.AREA, ("停车位", "车位", "私家车", "机动车", "小轿车", "汽车", "轿车", "面包车", "僵尸车", "停车")),
    Thing("ebike", "电动车", Reach.UNIT, ("电动自行车", "电动车", "电瓶车", "电单车", "电驴")),
    Thing("charger", "充电桩", Reach.AREA, ("充电桩", "充电插座", "充电棚", "充电柜", "充电口")),
    Thing("road", "路面", Reach.AREA, ("路面", "路砖", "地砖", "人行道", "步道", "柏油路", "水泥路", "马路", "道板", "路沿石", "地面")),
    Thing("speed_bump", "减速带", Reach.AREA, ("减速带", "减速条", "减速垄")),
    Thing("gym", "健身器材", Reach.AREA, ("健身器材", "健身器械", "健身设施", "漫步机", "单杠", "双杠", "扭腰器", "跑步机", "腰背按摩器", "太空漫步")),
    Thing("playground", "游乐设施", Reach.AREA, ("滑梯", "秋千", "跷跷板", "沙坑")),
    Thing("bench", "座椅", Reach.AREA, ("休闲椅", "长椅", "座椅", "石凳", "长凳", "凳子", "椅子")),
    Thing("tree", "树木", Reach.AREA, ("大树", "树枝", "树杈", "行道树", "枯树", "树木", "树冠", "老树", "杨树", "梧桐", "树")),
    Thing("green", "绿化", Reach.AREA, ("绿化带", "绿化", "草坪", "花坛", "绿地", "草地", "灌木", "冬青")),
    Thing("fence", "围墙", Reach.AREA, ("围墙", "栅栏", "护栏", "围栏", "铁栏杆", "防护栏")),
    Thing("stairs", "楼梯", Reach.UNIT, ("楼梯", "台阶", "扶手", "踏步")),
    Thing("fire", "消防设施", Reach.FLOOR, ("消防栓", "消火栓", "灭火器", "消防器材", "消防箱", "应急灯", "疏散指示")),
    Thing("fire_lane", "消防通道", Reach.AREA, ("消防通道", "消防车道", "生命通道", "逃生通道")),
    Thing("camera", "监控", Reach.AREA, ("监控", "摄像头", "探头")),
    Thing("cable", "线缆", Reach.AREA, ("飞线", "电线", "线缆", "光缆", "网线", "电缆", "通信线", "蜘蛛网一样的线")),
    Thing("pole", "电线杆", Reach.AREA, ("电线杆", "电杆", "线杆", "水泥杆")),
    Thing("advert", "小广告", Reach.UNIT, ("小广告", "牛皮癣", "野广告", "乱贴的广告")),
    Thing("dog", "犬只", Reach.AREA, ("流浪狗", "野狗", "遛狗", "大狗", "恶犬", "养狗", "狗叫", "狗粪", "狗屎", "狗便", "狗")),
    Thing("poultry", "家禽", Reach.AREA, ("公鸡", "养鸡", "鸡鸭", "鸽子", "家禽", "鸡笼")),
    Thing("dance", "广场舞", Reach.AREA, ("广场舞", "跳舞", "音响", "大喇叭", "扩音器")),
    Thing("building_site", "施工", Reach.AREA, ("施工", "工地", "渣土车", "打桩", "挖掘机", "搅拌车")),
    Thing("renovation", "装修", Reach.BUILDING, ("装修", "电钻", "砸墙", "冲击钻")),
    Thing("fumes", "油烟", Reach.BUILDING, ("油烟", "烧烤", "饭店", "餐馆", "烟道", "排烟")),
    Thing("stall", "摊点", Reach.AREA, ("摊贩", "小贩", "摊点", "地摊", "流动摊", "商贩", "摆摊")),
    Thing("pests", "虫鼠", Reach.BUILDING, ("蟑螂", "老鼠", "蚊虫", "蚊子", "白蚁", "鼠患", "苍蝇")),
    Thing("toilet", "公厕", Reach.AREA, ("公共厕所", "公厕", "卫生间", "洗手间", "厕所")),
    Thing("home_toilet", "马桶", Reach.HOME, ("马桶", "坐便器")),
    Thing("lock", "门锁", Reach.HOME, ("门锁", "锁芯", "家门")),
    Thing("locker", "快递柜", Reach.AREA, ("快递柜", "快递架", "丰巢", "智能柜")),
    Thing("ramp", "无障碍坡道", Reach.AREA, ("无障碍坡道", "无障碍通道", "坡道", "盲道", "轮椅")),
    Thing("crossing", "红绿灯", Reach.AREA, ("红绿灯", "信号灯", "斑马线", "人行横道")),
    Thing("sign", "标牌", Reach.AREA, ("指示牌", "标识牌", "路牌", "宣传栏", "公告栏", "广告牌", "门牌", "招牌")),
)

FAULTS: tuple[Fault, ...] = (
    Fault("dead", "停用、故障", (
        "坏了", "坏掉", "坏的", "坏", "不亮", "不工作", "停运", "停用", "故障", "失灵", "罢工", "用不了", "不能用", "没法用", "没反应", "不动",
        "打不开", "关不上", "开不了", "关不严", "抬不起", "落不下", "卡住", "卡死", "困人", "困在", "报修", "停摆", "瘫痪", "趴窝", "熄灭", "灭了", "漆黑", "黑灯", "黑漆漆", "黑咕隆咚", "黑乎乎", "摸黑",
        "停水", "没水", "断水", "水停", "停电", "没电", "断电", "跳闸", "停气", "没气", "断气", "不热", "冰凉", "停暖", "没暖", "按不动", "不上不下", "不来", "不响", "刷不开", "不识别", "充不上", "充不进", "没有画面", "不显示", "没信号", "修一修", "维修", "下岗", "不好使", "歇了", "不制热", "水压低", "水太小", "水很小",
    )),
    Fault("leak", "漏水、渗水", ("漏水", "渗水", "滴水", "漏雨", "渗漏", "漏个不停", "往下滴", "往外冒水", "喷水", "爆管", "爆了", "爆裂", "水漫", "返潮", "洇湿", "泡了", "漏", "渗", "淌水", "渗下来", "湿了一片")),
    Fault("blocked", "堵塞、反水", ("堵塞", "堵住", "堵了", "堵死", "堵得", "不通", "反水", "返水", "冒水", "外溢", "满溢", "溢出", "倒灌", "冒出来", "漫出来", "排不出", "下不去", "排不走", "疏通", "淤积", "淤堵", "积水", "堵")),
    Fault("smell", "异味", ("异味", "臭味", "恶臭", "臭气", "难闻", "刺鼻", "熏人", "臭", "味道很大", "味道大", "气味", "熏得", "呛人", "呛")),
    Fault("noise", "噪声", ("噪音", "噪声", "扰民", "太吵", "很吵", "吵闹", "吵", "异响", "嗡嗡响", "咣当响", "轰鸣", "嘎吱响", "响个不停", "震天响", "睡不着", "叫个不停", "睡不好", "没法睡", "咔咔响", "怪声")),
    Fault("full", "未清运", ("没人清", "未清运", "没清运", "满了", "爆满", "堆满", "堆成山", "堆积", "没人收", "不收", "清运", "清理", "堆在", "没人拉", "乱倒", "乱扔", "到处都是", "脏", "满地")),
    Fault("occupied", "占用、堵道", ("占用", "占道", "占了", "乱停", "堵路", "堵门", "挡路", "挡道", "挡住", "霸占", "停满", "乱放", "乱堆", "堆放", "进楼", "上楼充电", "推进", "过不去", "出不去", "进不来", "占着", "横在")),
    Fault("broken", "破损、缺失", ("破损", "破了", "损坏", "断裂", "断了", "裂开", "裂缝", "开裂", "碎了", "塌陷", "下沉", "凹陷", "坑洼", "坑坑洼洼", "大坑", "缺失", "不见了", "丢了", "被盗", "少了", "掉了", "脱落", "剥落", "起皮", "翘起", "松动", "摇晃", "晃动", "要倒", "倾斜", "歪了", "倒了", "断", "生锈", "锈穿", "缺了", "塌了", "塌", "磨平", "看不清", "褪色", "坑", "鼓包", "掉下来", "往下掉", "砸")),
    Fault("overgrown", "过密、枯死", ("枯死", "太密", "遮光", "挡光", "遮挡", "疯长", "修剪", "死了", "秃了", "枯了", "伸到", "没人修", "杂草", "踩秃", "长得太")),
    Fault("danger", "安全隐患", ("拴绳", "牵绳", "咬人", "伤人", "私拉", "乱拉", "飞线充电", "垂下来", "耷拉", "离地", "打火", "冒火花", "漏电", "着火")),
    Fault("short", "不足", ("不够用", "不够", "太少", "不足", "紧张", "增设", "增加", "加装", "安装", "装一个", "没有装", "缺少")),
    Fault("infested", "虫害", ("成灾", "很多虫", "泛滥", "灭蟑", "灭鼠", "消杀", "乱窜", "乱爬")),
    Fault("trading", "占道经营", ("占道经营", "叫卖", "乱摆")),
    Fault("posted", "张贴", ("张贴", "贴满", "贴得到处", "乱贴", "乱涂")),
)

# Words that name the object and the fault in one.
BOTH: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("停水", "没水", "断水", "水停", "水压低", "水太小", "水很小"), ("water", "dead")),
    **dict.fromkeys(("停电", "没电", "断电", "跳闸"), ("power", "dead")),
    **dict.fromkeys(("停气", "没气"), ("gas", "dead")),
    **dict.fromkeys(("停暖", "没暖", "不制热"), ("heating", "dead")),
    **dict.fromkeys(("灭蟑", "灭鼠"), ("pests", "infested")),
    **dict.fromkeys(("乱停", "停满"), ("parking", "occupied")),
    **dict.fromkeys(("狗叫",), ("dog", "noise")),
    **dict.fromkeys(("狗粪", "狗屎", "狗便"), ("dog", "full")),
    **dict.fromkeys(("飞线",), ("cable", "danger")),
    **dict.fromkeys(("养鸡",), ("poultry", "noise")),
}

# Longer words that only look like an object or a fault.
NEITHER: tuple[str, ...] = (
    "单元门口", "单元门前", "停车场", "停车库", "停车棚", "坏人", "不堵", "坏处", "道路", "小树林", "漏洞", "断断续续", "树立", "不会断", "吵架", "狗屁", "臭美", "不断",
    "地下水", "菜鸟", "水管站", "垃圾站", "垃圾房", "垃圾点", "垃圾投放点", "幼儿园", "路口", "公园", "电线杆下", "电线杆旁", "路灯下", "路灯旁", "大树下", "树下", "垃圾桶旁", "垃圾桶边",
    "不够意思", "厕所旁", "健身器材旁", "摊点旁",
)
# fmt: on

WITHOUT_CURRENT = frozenset(
    (
        "bench",
        "bin",
        "fence",
        "gym",
        "manhole",
        "playground",
        "pole",
        "ramp",
        "road",
        "sign",
        "speed_bump",
        "stairs",
        "wall",
    )
)
"""Things that do nothing: out of order and broken are one and the same."""

THING_OF = {thing.code: thing for thing in THINGS}
FAULT_OF = {fault.code: fault for fault in FAULTS}
