"""Invented people's names, drawn from common surnames and given-name characters."""

from random import Random

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
MALE = "伟强磊军洋勇杰涛明超华飞鹏波斌辉刚健亮俊峰建国志远文博海涛东升德胜永康新民振宇宏图景行立群"
FEMALE = "芳娜敏静丽艳娟霞秀兰玲桂英丹萍红玉梅慧巧云雪琴素芬晓燕春花月娥淑珍彩凤佳怡雅婷思远若兰"
ETHNIC = (("汉族", 93), ("回族", 6), ("蒙古族", 1))


class Names:
    """Draws names without repetition, except the two namesakes that every real roster has."""

    def __init__(self, random: Random):
        self.random = random
        self.used: set[str] = set()

    def draw(self) -> tuple[str, str]:
        """(name, gender)."""
        while True:
            gender = "female" if self.random.random() < 0.34 else "male"
            pool = FEMALE if gender == "female" else MALE
            given = "".join(self.random.sample(pool, self.random.choice((1, 2, 2, 2))))
            name = self.random.choice(SURNAMES) + given
            if name not in self.used:
                self.used.add(name)
                return name, gender

    def ethnicity(self) -> str:
        names, weights = zip(*ETHNIC, strict=True)
        return self.random.choices(names, weights)[0]
