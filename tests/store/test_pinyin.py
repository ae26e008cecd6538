"""Names by their sound."""

import pytest

from onevisit.store.pinyin import sounds


def found(name: str, typed: str) -> bool:
    return any(form.startswith(typed) for form in sounds((name,)).split())


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("张三丰", "zhangsanfeng zsf zs z zhangsf zhangs zhang zsanf zsfeng sanfeng sf s feng f zha"),
        ("王伟", "wangwei ww wangw wwei wei"),
        ("单雄信", "shanxiongxin sxx shanxx"),
        ("尉迟恭", "yuchigong ycg"),
        ("区小明", "ouxiaoming oxm"),
        ("吕布", "lvbu lubu lyubu lb"),
        ("阿依古丽·买买提", "ayiguli aygl ayglmmt mmt maimaiti"),
        ("枣庄市示例物业公司", "zaozhuangshi zzssl wuye wygs gongsi"),
    ],
)
def test_a_name_is_found_by(name: str, typed: str) -> None:
    assert [one for one in typed.split() if not found(name, one)] == []


@pytest.mark.parametrize(
    ("name", "typed"), [("张三丰", "hs ang hangsan an eng zf zfeng nsf"), ("王伟", "ang gw ei"), ("单雄信", "hxx")]
)
def test_a_name_is_not_found_from_the_middle_of_a_syllable(name: str, typed: str) -> None:
    assert [one for one in typed.split() if found(name, one)] == []


@pytest.mark.parametrize("name", ["", "John Smith", "123", "·", "\ue000", "𠮷", "ａｂｃ"])
def test_odd_names_do_no_harm(name: str) -> None:
    assert isinstance(sounds((name,)), str)


def test_long_names_stay_short() -> None:
    assert len(sounds(("某" * 500,)).split()) < 100
