"""Invented people, homes and demands, the same at every telling."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜"
GIVEN = "安邦昌达恩芳国海慧佳建静凯兰明宁平琪荣双涛文晓雪颜勇云泽珍志"
ESTATES = ["阳光花园", "幸福里", "和平新村", "文苑小区", "康宁家园", "东风巷", "书香苑", "惠民小区"]
NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Demand:
    """Something that residents ask for, and what is said when it has been done."""

    category: str
    words: str
    answer: str


DEMANDS = (
    Demand("facilities_light", "楼道的灯坏了，晚上看不见台阶", "已更换灯泡和开关，夜里看过，亮了"),
    Demand("facilities_drain", "下水管道堵了，脏水往外冒", "已疏通管道，冲洗了地面"),
    Demand("liveability_waste", "垃圾几天没有清运，招苍蝇", "已清运，并与保洁约定每天两次"),
    Demand("liveability_noise", "夜里音响声太大，老人睡不着", "已上门劝导，约定晚上九点后关音响"),
    Demand("elderly_care_visit", "独居老人想有人陪着去医院", "已陪同就诊，并约好下次复查"),
    Demand("elderly_care_meal", "行动不便，想请人送午饭", "已登记助餐，从明天起送餐上门"),
    Demand("education_tutoring", "孩子放学后没有人照看，想有人辅导作业", "已安排党员教师每周三次辅导"),
    Demand("traffic_parking", "消防通道总有车停着，出不去", "已施划标线，劝离车辆"),
    Demand("social_security_insurance", "医保缴费不会在手机上办", "已上门帮办，缴费成功"),
    Demand("labour_jobs", "想在家门口找一份工作", "已推荐三个岗位，已面试"),
    Demand("neighbour", "楼上漏水，两家说不到一起", "已调解，楼上同意修理并赔偿"),
    Demand("facilities_building", "屋面漏雨，墙皮掉下来了", "已修补屋面防水"),
    Demand("public_safety_fire", "楼道里堆着纸箱，怕着火", "已清理楼道，检查了灭火器"),
    Demand("liveability_green", "树枝挡住窗户，屋里很暗", "已修剪树枝"),
)


@dataclass(frozen=True, slots=True)
class Division:
    """A community of a file of divisions."""

    code: str
    name: str
    street: str
    district: str


def divisions(file: Path) -> Iterator[Division]:
    with file.open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            yield Division(row["community_code"], row["community"], row["street_code"], row["district_code"])


def name(number: int) -> str:
    """Of a person; the first 900 differ."""
    return SURNAMES[number % len(SURNAMES)] + GIVEN[number // len(SURNAMES) % len(GIVEN)] + GIVEN[number % 7]


def home(number: int) -> str:
    estate = ESTATES[number % len(ESTATES)]
    return f"{estate}{NUMERALS[number // 8 % 10]}号楼{NUMERALS[number // 80 % 4]}单元"


def phone(number: int) -> str:
    """An obviously invented one."""
    return f"138{number:08d}"
