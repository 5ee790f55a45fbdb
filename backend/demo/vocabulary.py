# ruff: noqa: SIM905  # word lists are read and edited as words
"""The words the simulated library is made of. Every name is invented; none is a living person's."""

from dataclasses import dataclass

SURNAMES = (
    "闻 澹台 隗 晏 鄢 蔺 芮 嵇 百里 端木 郦 阙 南荣 缑 樗里 桑 祁 第五 东里 濮阳 "
    "逄 郤 仲长 令狐 公羊 贺若 亓 冼 沐 茅 羿 谯 呼延 拓跋 钟离 梁丘 左丘 鲜于 "
    "毌丘 夙 弥 粟 麴 鹿 乌 扶 檀 薄 养 漆雕 壤驷 归海 微生 羊舌 宓 仇 巫马 闾丘"
).split()
GIVEN_FIRST = "听望未疏临栖拾砚渡知叩沉遥泊采浮披问缓折落枕寄织候酌"
GIVEN_SECOND = "澜秋眠微舟棠雪樵笙川荻禾霁岚汀苇鹤岫星潮樾蓝鸢灯弦野"

BAND_PLACES = (
    "雾港 北窗 盐湖 纸月 长堤 旧站台 七楼 南纬 灰瓦 防波堤 白昼 四点半 无人区 苔原 "
    "半岛 折叠 逆光 软木 铜锣湾外 候车室 蓝色 零下 蜃楼 远郊 玻璃 斜坡 潜水 橘色 "
    "慢车 第九 梅雨 空转 麦田外 缺月 砂纸 深巷"
).split()
BAND_THINGS = (
    "放映队 天文社 修理铺 标本室 信号塔 邮局 合唱团 气象台 游泳队 航线 动物园 唱片行 "
    "植物志 俱乐部 观测站 灯具厂 杂货店 夜校 钟表店 马戏团 造船厂 渡轮 风筝会 图书馆"
).split()
STAGE_NAMES = (
    "不眠鸟 野渡 南枝 拾荒者阿岸 小雪人 雾里看船 木耳 三尺微光 阿鲤 半糖月 山鬼谣 "
    "岛上来信 茶凉了 白日焰 老街灯 苔丝绒 晚潮 九月麦 蓝胡桃 鲸落之后 无花果先生 "
    "慢半拍 桃源机场 一只旧表 空心菜 云朵邮差 石头开口 北纬薄荷 青盐 夜航西 "
    "糖纸月亮 阿芒果汁 长颈鹿睡着了 风不动 凌晨便当 雨具"
).split()

ALBUM_OF = (
    "潮汐 旧雨 南方 灯塔 候鸟 屋顶 长夜 无名 灯下 逆流 月台 尽头 早春 失眠 远山 折叠 "
    "白昼 隔壁 纸上 深秋 沉默 海岛 微醺 倒影 麦浪 空山 薄暮 零点 沿海 归来 透明 荒原 "
    "雪后 低处 往日 漂流 盛夏 昨夜 十字路口 三月"
).split()
ALBUM_THING = (
    "来信 以南 的光 手记 地图 练习曲 列车 花园 的人 备忘录 时刻表 密码 回声 与猫 诗稿 "
    "的风 旅馆 絮语 日历 的窗 航线 独白 切片 游记 的月亮 标本 对白 食谱 小调 渡口 "
    "的重量 慢板 变奏 纪事 的火 信号 影子 序曲 晚安 通讯"
).split()
COMPANIES = "长堤唱片 半岛之声 青苔文化 蓝鲸厂牌 南窗音乐 回廊唱片 七巷工作室 独立发行".split()


@dataclass(frozen=True)
class Style:
    """A genre: how common it is, its mean tempo (bpm), how close it stands to others."""

    weight: float
    tempo: float
    near: tuple[str, ...]


GENRES = {
    "流行": Style(0.22, 104, ("R&B", "电子", "民谣")),
    "民谣": Style(0.17, 92, ("流行", "古风", "轻音乐")),
    "古风": Style(0.15, 84, ("民谣", "轻音乐")),
    "摇滚": Style(0.13, 128, ("后摇", "金属", "民谣")),
    "电子": Style(0.09, 124, ("流行", "说唱")),
    "说唱": Style(0.07, 96, ("R&B", "电子")),
    "R&B": Style(0.06, 88, ("流行", "爵士")),
    "爵士": Style(0.04, 100, ("R&B", "轻音乐")),
    "轻音乐": Style(0.03, 72, ("古风", "爵士")),
    "后摇": Style(0.02, 112, ("摇滚", "轻音乐")),
    "金属": Style(0.02, 144, ("摇滚", "后摇")),
}
WORDLESS = ("轻音乐", "后摇")
"""Genres whose songs are mostly instrumental."""
INSTRUMENTAL = "纯音乐"
LANGUAGES = {"普通话": 0.74, "粤语": 0.17, "闽南语": 0.05, "吴语": 0.02, "客家话": 0.02}


@dataclass(frozen=True)
class Mood:
    """A mood: what it does to the tempo, which covers suit it, which characters speak of it.

    `palettes` and `motifs` are indexes of the cover palettes and motifs of the design.
    """

    pace: float
    palettes: tuple[int, ...]
    motifs: tuple[int, ...]
    signs: str


MOODS = {
    "欢快": Mood(1.16, (4, 2, 9), (0, 3, 5), "笑喜欢酒歌舞贺寿庆醉乐跳"),
    "温暖": Mood(1.0, (0, 4, 9), (1, 0, 5), "春暖花香红莺燕桃杏灯火饭晴"),
    "平静": Mood(0.86, (5, 8, 3), (2, 8, 1), "云闲渔山水竹溪茶松鸥静慢"),
    "思念": Mood(0.92, (6, 3, 0), (4, 7, 8), "忆思信归远别书雁寄记念相"),
    "忧伤": Mood(0.82, (1, 8, 6), (7, 4, 2), "愁泪恨断肠悲残伤老病憔悴"),
    "孤独": Mood(0.88, (7, 3, 1), (4, 6, 8), "独孤寒夜空冷寂寞雨孤影黄昏"),
    "激昂": Mood(1.22, (2, 7, 0), (3, 6, 0), "剑马英雄兵战壮旗龙虎鼓虏山河"),
    "梦幻": Mood(0.96, (6, 1, 5), (5, 4, 6), "梦仙烟玉星银蝶雾幻蓬瑶镜"),
}
