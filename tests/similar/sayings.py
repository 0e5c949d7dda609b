"""What people say of 34 kinds of trouble. ``tuned`` is for fitting weights, ``held`` for measuring: no sentence is in both."""

from __future__ import annotations

from dataclasses import dataclass

from services.intake.domain.similar.vocabulary import Reach


@dataclass(frozen=True)
class Trouble:
    """One thing with one fault; ``reach`` says which numbers of a place tell two of them apart."""

    name: str
    reach: Reach
    tuned: tuple[str, ...]
    held: tuple[str, ...]


@dataclass(frozen=True)
class Speech:
    """One way of speaking. ``digressions`` speak of other things before they come to the point; each of ``spots`` is one place
    under one or several names.
    """

    held: bool
    openings: tuple[str, ...]
    endings: tuple[str, ...]
    digressions: tuple[str, ...]
    compounds: tuple[str, ...]
    roads: tuple[str, ...]
    spots: tuple[tuple[str, ...], ...]
    beside: tuple[str, ...]

    def says(self, trouble: Trouble) -> tuple[str, ...]:
        return trouble.held if self.held else trouble.tuned


# fmt: off
TROUBLES = (
    Trouble("lift stands still", Reach.UNIT,
        ("电梯坏了", "电梯停运好几天了", "电梯按了没反应", "电梯又出故障了，老人下不了楼", "电梯一直没修好，还是不能用"),
        ("升降梯趴窝两天了", "坐不了电梯，按键按不动", "电梯罢工，天天爬楼", "客梯不上不下停在半空", "上上下下全靠两条腿，那铁盒子成了摆设", "电梯失灵，推婴儿车的没法出门")),
    Trouble("lift makes noise", Reach.UNIT,
        ("电梯运行时异响", "电梯噪音太大", "电梯一开就咣当响"),
        ("电梯上下的时候嘎吱响", "梯子轿厢轰鸣，夜里吵得睡不着", "电梯有怪声，听着害怕")),
    Trouble("lift smells", Reach.UNIT,
        ("电梯里异味很重", "电梯间臭得很", "电梯轿厢有恶臭"),
        ("电梯里面味道大，捂着鼻子坐", "坐电梯熏人，有人在里面小便", "电梯气味刺鼻")),
    Trouble("street lamp dark", Reach.AREA,
        ("路灯坏了", "路灯不亮，晚上看不见", "路灯灭了好久没人修", "路灯坏了一排，走夜路害怕"),
        ("照明灯熄灭了，一片漆黑", "路灯下岗了，摸黑走路", "庭院灯黑了半个月，不亮", "路灯坏，老人差点摔跤", "街灯罢工，黑灯瞎火的", "一到天黑伸手不见五指")),
    Trouble("street lamp leaning", Reach.AREA,
        ("路灯杆歪了", "路灯倾斜，快要倒了", "路灯杆断了"),
        ("灯杆被车撞倾斜了", "路灯被撞断，杆子横着", "路灯底座松动，灯杆摇晃")),
    Trouble("stair lamp dark", Reach.FLOOR,
        ("楼道灯不亮", "楼道灯坏了", "楼道的灯坏了，上楼看不清路"),
        ("声控灯没反应，黑乎乎的", "楼梯间的灯灭了，老人不敢下楼", "走廊灯用不了", "感应灯失灵，摸黑开门")),
    Trouble("sewer blocked", Reach.BUILDING,
        ("下水道堵了", "下水道堵塞，污水外溢", "下水管堵了，厨房反水", "下水道不通，排不出去"),
        ("污水井冒水，流了一地", "下水返水，一楼遭殃", "化粪池满溢", "排污管淤堵，需要疏通", "下水堵得厉害，脏水往家里倒灌", "厨房池子里的水半天不走")),
    Trouble("sewer smells", Reach.BUILDING,
        ("下水道异味", "下水道臭味往家里飘", "下水道太臭了"),
        ("化粪池恶臭，窗户不敢开", "污水管气味难闻", "排水沟熏人")),
    Trouble("manhole cover broken", Reach.AREA,
        ("井盖破了", "井盖松动，车一压就响", "井盖不见了，很危险", "井盖断裂"),
        ("窨井盖缺失，张着大口子", "井盖塌陷，骑车差点掉进去", "窨井盖碎了一半", "雨水篦子丢了，小孩容易踩空")),
    Trouble("no water", Reach.BUILDING,
        ("停水了", "没水用", "自来水停了", "断水两天，做不了饭"),
        ("水龙头拧开没水", "又停水，也没人通知", "家家停水，吃饭都成问题", "自来水从中午就断水")),
    Trouble("water pressure low", Reach.BUILDING,
        ("水压低，洗不了澡", "水压低，高层用水困难", "自来水水太小"),
        ("水压低得热水器打不着", "水很小，跟滴眼药水似的", "供水水太小，洗衣机进不了水")),
    Trouble("pipe burst", Reach.BUILDING,
        ("水管爆了，到处是水", "水管漏水", "水管爆裂，水流一地"),
        ("立管漏个不停", "主管爆管，水漫到楼梯", "管道渗水，墙都湿了", "水管滴水好几天，没人管")),
    Trouble("no power", Reach.BUILDING,
        ("停电了", "没电了，空调开不了", "老是跳闸", "断电一上午"),
        ("一到饭点就跳闸", "供电断电，冰箱里的菜都化了", "突然停电，原因不明", "家里没电，邻居家也没电", "所有电器一起歇火")),
    Trouble("heating cold", Reach.BUILDING,
        ("暖气不热", "暖气片冰凉", "供暖坏了，屋里很冷"),
        ("暖气停暖，老人冻感冒了", "地暖不热，孩子写作业手都僵", "供热不行，暖气摸着冰凉")),
    Trouble("no gas", Reach.BUILDING,
        ("停气了，做不了饭", "没气了，燃气打不着", "天然气停气"),
        ("燃气断气，灶台点不着", "管道气没气，饭都吃不上", "煤气停气了，一家子吃外卖")),
    Trouble("roof leaks", Reach.BUILDING,
        ("楼顶漏水", "屋顶漏雨", "楼顶渗水，墙都发霉了"),
        ("房顶一下雨就渗漏，拿盆接", "屋面漏，顶层几家都遭殃", "天台渗水，天花板返潮")),
    Trouble("wall falls off", Reach.BUILDING,
        ("外墙脱落，差点砸到人", "外墙瓷砖掉了", "墙皮脱落"),
        ("外立面的砖松动，往下掉", "保温层开裂，怕砸着人", "墙砖剥落一大片", "楼上掉石灰块，地上一层白")),
    Trouble("front door broken", Reach.UNIT,
        ("单元门坏了", "单元门关不上", "门禁坏了，谁都能进", "单元门打不开"),
        ("楼宇门失灵，刷卡刷不开", "对讲机不响，客人进不来", "门禁不识别，常年敞开", "进楼的大铁门合不拢", "单元门关不严，冬天灌风")),
    Trouble("barrier broken", Reach.AREA,
        ("道闸坏了", "道闸抬不起来，车进不去", "道闸不动了"),
        ("抬杆失灵，车都排队", "起落杆卡住了", "道闸识别故障，落不下来")),
    Trouble("rubbish not collected", Reach.AREA,
        ("垃圾没人清运", "垃圾桶满了", "垃圾堆成山没人收", "垃圾堆积很多天"),
        ("垃圾箱爆满，苍蝇乱飞", "生活垃圾堆满了，好几天没人拉", "垃圾未清运，流了一地汤", "果皮剩菜堆了三天，招苍蝇", "垃圾桶旁边到处都是，环卫没来清理")),
    Trouble("ebikes in the stairwell", Reach.UNIT,
        ("电动车推进楼道充电", "电动车堆放在楼道，占用通道", "电瓶车进楼，有火灾隐患"),
        ("电动自行车上楼充电，太危险", "电瓶车挡路，堵门口", "楼道停满电动车，过不去人", "电单车占了过道")),
    Trouble("clutter in the stairwell", Reach.FLOOR,
        ("楼道堆放杂物", "楼道杂物占用通道", "有人在楼道乱堆杂物"),
        ("过道里堆满纸箱，挡路", "楼道放鞋柜和旧沙发，占道", "邻居把废品乱放在走廊", "杂物横在楼梯口，过不去")),
    Trouble("cars parked wild", Reach.AREA,
        ("私家车乱停乱放", "车辆乱停，堵路", "汽车乱停，占了消防通道"),
        ("小轿车横在路中间，挡道", "面包车长期霸占，僵尸车", "外来汽车停满，进不来", "机动车乱停，救护车过不去")),
    Trouble("road surface broken", Reach.AREA,
        ("路面塌陷", "路面坑洼不平", "路面破损严重", "人行道地砖碎了"),
        ("步道砖翘起，绊倒人", "柏油路裂缝很大", "道板松动，踩一脚泥水", "路面有大坑，骑车颠得慌")),
    Trouble("water on the road", Reach.AREA,
        ("路面积水", "一下雨路面就积水", "马路积水，没法走"),
        ("地面积水排不走，趟着过", "下雨天人行道积水没过脚", "路面水下不去，淤积")),
    Trouble("gym broken", Reach.AREA,
        ("健身器材坏了", "健身器材断裂", "健身器材松动，老人差点摔倒"),
        ("漫步机断了，锻炼的人摔着", "单杠松动，摇晃", "健身器械损坏，少了脚踏", "扭腰器生锈，锈穿了")),
    Trouble("tree overgrown", Reach.AREA,
        ("大树遮光，需要修剪", "树枝太密，挡光", "树枝伸到窗户了，没人修"),
        ("行道树疯长，家里大白天开灯", "树冠遮挡阳光，请修剪", "梧桐长得太高，伸到阳台")),
    Trouble("tree falling", Reach.AREA,
        ("大树要倒了", "树枝断了，掉下来", "枯树倾斜，很危险"),
        ("大风刮过，老树歪了", "树杈断裂，往下掉", "行道树倒了，横在路上")),
    Trouble("charger broken", Reach.AREA,
        ("充电桩坏了", "充电桩不能用", "充电桩充不上电"),
        ("充电插座没反应，扫码也没用", "充电棚故障，电瓶车没处充", "充电柜用不了，插上充不进")),
    Trouble("dance noise", Reach.AREA,
        ("广场舞扰民", "跳广场舞音响太吵", "广场舞噪音大，孩子没法学习"),
        ("大喇叭震天响，晚上九点还不停", "跳舞放音乐吵得睡不着", "音响轰鸣，病人没法休息")),
    Trouble("building noise", Reach.AREA,
        ("工地半夜施工，噪音大", "施工扰民", "夜间施工太吵了"),
        ("打桩轰鸣，窗户都震", "工地凌晨吵得睡不着", "搅拌车通宵响个不停")),
    Trouble("fumes", Reach.BUILDING,
        ("饭店油烟味道大", "油烟呛人", "烧烤油烟熏得不敢开窗"),
        ("楼下餐馆排烟刺鼻", "烟道气味窜到家里", "烧烤摊熏人，衣服都是味")),
    Trouble("dogs off the leash", Reach.AREA,
        ("遛狗不拴绳", "大狗没牵绳，吓到孩子", "流浪狗咬人"),
        ("养狗的不牵绳，老人害怕", "野狗成群，追着伤人", "牵出来的大型犬从不系绳", "恶犬没拴绳，在路上窜")),
    Trouble("cables hanging", Reach.AREA,
        ("电线垂下来，很危险", "线缆乱拉", "飞线充电"),
        ("通信线耷拉到地上", "网线私拉，像蜘蛛网", "光缆垂下来，碰到头")),
)

TUNED = Speech(
    held=False,
    openings=("", "", "", "您好，", "反映一下，", "麻烦看看，", "我家住", "你好，我是居民，", "请问"),
    endings=("", "", "。", "，请尽快处理。", "，麻烦派人修一下，谢谢！", "，希望解决。", "，影响出行"),
    digressions=("上次路灯修得很快，这次是", "前年也报过水管的事，现在"),
    compounds=("阳光", "锦绣", "幸福", "东湖", "翠竹", "金桂", "龙腾", "安居", "紫云", "望江", "清泉", "梅园"),
    roads=("人民", "解放", "中山", "建设", "青年", "胜利"),
    spots=(("东门", "东大门"), ("北门", "北门口"), ("幼儿园",), ("菜市场", "农贸市场"), ("车库", "地下车库"), ("凉亭",)),
    beside=("旁边", "门口", "附近", "前面"),
)
HELD = Speech(
    held=True,
    openings=("", "", "", "社区同志你们好！", "有个事想说说：", "家住", "我妈住在", "帮忙问问，", "群里都在讲，"),
    endings=("", "", "！", "，到底归谁管？", "，都等急了。", "，恳请重视，拜托了", "，打了电话也没用。", "，什么时候能弄好"),
    digressions=("去年道闸坏过，你们处理得不错，今年轮到", "除了井盖的老问题，还有", "先谢谢上回帮忙清运垃圾，今天想说", "不是电梯的事，是"),
    compounds=("银杏", "凤凰", "丽景", "朝晖", "玉兰", "临江", "康宁", "松柏", "天河", "云岭", "和顺", "百合"),
    roads=("团结", "滨江", "朝阳", "红旗", "文化", "新华"),
    spots=(("西门", "西大门"), ("南门", "南侧门"), ("小学",), ("超市",), ("公交站", "车站"), ("篮球场",), ("卫生室",)),
    beside=("边上", "跟前", "对面", "后头", "楼下"),
)
# fmt: on
