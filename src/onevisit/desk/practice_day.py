"""A dozen invented visits for practice mode, registered and advised through the same doors as real ones.

Nobody in them exists: the area code 370499 of the identity numbers is not assigned, the telephone numbers are not given
out, and names of units are 某.
"""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from onevisit.desk import consult
from onevisit.desk.desk import Desk
from onevisit.desk.register import Registered, register
from onevisit.rules.checksums import mod_11_2
from onevisit.rules.classification import (
    AdvisedWay,
    ContentClass,
    MaterialForm,
    Purpose,
    ReplyMethod,
    ReturnReason,
)
from onevisit.rules.clocks import SHANGHAI, local_day
from onevisit.rules.forms import Answer, ConsultationForm, MaterialEntry, MatterAnswer, RegistrationForm
from onevisit.rules.people import PersonEntry


@dataclass(frozen=True, slots=True)
class _Person:
    """An invented person; ``serial`` is the last digit but one of the number and tells the sex."""

    name: str
    born: str
    serial: str
    phone: str
    region_code: str
    town: str
    address: str
    ethnic_group: str = "汉族"

    def entry(self) -> PersonEntry:
        body = f"370499{self.born}{self.serial}"
        return PersonEntry(
            name=self.name,
            ethnic_group=self.ethnic_group,
            id_number=body + mod_11_2(body),
            phone=self.phone,
            region_code=self.region_code,
            town=self.town,
            address=self.address,
        )


_LIN = _Person("林建军", "19760318", "051", "13900000101", "370403", "临城街道", "示例村3组8号").entry()
_SUN = _Person("孙玉梅", "19520907", "062", "13900000102", "370402", "龙山路街道", "示例社区5号楼").entry()
_HE = _Person("何志强", "19690422", "073", "13900000103", "370481", "", "示例镇东村").entry()
_JI = _Person("吉𠮷", "19890611", "085", "13900000104", "370405", "", "示例街道12号").entry()
_FANG = _Person("方𬱖", "20000102", "094", "13900000105", "37040G", "兴仁街道", "示例小区2号楼").entry()
_QIAN = _Person("钱桂英", "19470815", "108", "", "370406", "", "示例镇西村").entry()
_SHEN = _Person("沈涛", "19840519", "119", "13900000107", "370403", "常庄街道", "示例村1组").entry()
_GULI = _Person("古丽娜尔·艾山", "19960203", "126", "13900000108", "370402", "", "示例街道9号", "维吾尔族").entry()
_HAN = _Person("韩磊", "19730930", "137", "13900000109", "370481", "", "示例街道21号").entry()
_XU = _Person("许丽", "19910417", "148", "13900000110", "370402", "光明路街道", "示例小区6号楼").entry()
_CAO = _Person("曹阳", "19930725", "154", "13900000111", "370404", "", "示例街道3号").entry()


def seed(desk_clerk: Desk, desk_lawyer: Desk) -> tuple[Registered, ...]:
    """Fill an empty practice store: visits of the last days and of today, two of them seen by the lawyer.

    Args:
        desk_clerk: somebody who may REGISTER.
        desk_lawyer: somebody who may CONSULT.

    Returns:
        the twelve visits, oldest first; the last one is a repeat of the first.
    """
    moments = _moments(desk_clerk.now(), len(_VISITS) + 1)
    saved = [register(desk_clerk, form, arrived_at=at) for form, at in zip(_VISITS, moments, strict=False)]
    saved.append(register(desk_clerk, _again(saved[0]), arrived_at=moments[-1]))
    _advise(desk_lawyer, saved[0], _WAGES_ADVICE)
    _advise(desk_lawyer, saved[7], _CARD_ADVICE)
    return tuple(saved)


def _moments(now: datetime, visits: int) -> list[datetime]:
    """Moments of arrival, oldest first: the first half three days ago, the rest today, none in the future."""
    today = datetime.combine(local_day(now), time.min, SHANGHAI)
    step = min(timedelta(minutes=17), (now - today) / (visits + 1))
    before = visits // 2
    then = today - timedelta(days=3) + timedelta(hours=8, minutes=40)
    earlier = [then + timedelta(minutes=17) * place for place in range(before)]
    return earlier + [now - step * place for place in range(visits - before, 0, -1)]


def _again(first: Registered) -> RegistrationForm:
    """The first visitor comes again about the same matter."""
    return replace(
        _VISITS[0],
        summary="上次来访后还没有接到电话，再次前来询问拖欠工资的事办到哪一步。",
        materials=(),
        wants_lawyer=False,
        matter_answers=(MatterAnswer(first.matter_id, Answer.SAME),),
        return_reason=ReturnReason.NOT_CONTACTED,
    )


def _advise(desk: Desk, visit: Registered, form: ConsultationForm) -> None:
    begun = consult.begin(desk, visit.visit_id)
    consult.sign(desk, begun.consultation_id, form, begun.version)


_WAGES_ADVICE = ConsultationForm(
    facts="有包工头写的欠条和考勤照片，没有签书面劳动合同。",
    advice="您有欠条，可以直接向人民法院起诉，不用先去仲裁；也可以先向劳动监察投诉。打官司的钱不够，可以申请法律援助。",
    basis="《保障农民工工资支付条例》；《劳动争议调解仲裁法》",
    ways=(AdvisedWay.LITIGATION, AdvisedWay.LEGAL_AID),
    legal_aid=True,
)
_CARD_ADVICE = ConsultationForm(
    facts="合同写明闭店可以退余额，付款凭证齐全。",
    advice="先请消费者协会调解；调解不成，带上合同和付款凭证向人民法院起诉。",
    basis="《消费者权益保护法》",
    ways=(AdvisedWay.MEDIATION, AdvisedWay.LITIGATION),
)

_VISITS = (
    RegistrationForm(
        lead=_LIN,
        purpose=Purpose.REQUEST,
        content=ContentClass.LABOUR,
        place_code="370403",
        title="建筑工地拖欠工资",
        summary="去年3月至9月在薛城区某工地务工，被拖欠工资26800元，多次讨要没有结果，请求帮助追讨。",
        respondent="某建筑劳务有限公司",
        materials=(MaterialEntry("工资欠条", MaterialForm.COPY, 1),),
        reply_by=ReplyMethod.PHONE,
        wants_lawyer=True,
    ),
    RegistrationForm(
        lead=_SUN,
        purpose=Purpose.REQUEST,
        content=ContentClass.CONSTRUCTION,
        place_code="370402",
        title="老旧小区楼顶漏水无人维修",
        summary="楼顶漏水两年，物业与社区互相推诿，请求协调维修。",
        respondent="某物业服务公司",
        materials=(MaterialEntry("漏水照片", MaterialForm.COPY, 4),),
        reply_by=ReplyMethod.HOME_VISIT,
    ),
    RegistrationForm(
        lead=_HE,
        purpose=Purpose.REQUEST,
        content=ContentClass.AGRICULTURE,
        place_code="370481",
        title="修路占用承包地没有补偿",
        summary="修路占用承包地1.1亩，青苗补偿一直没有拿到，请求落实。",
        respondent="某镇人民政府",
        materials=(MaterialEntry("土地承包合同", MaterialForm.COPY, 3),),
        reply_by=ReplyMethod.WRITTEN,
    ),
    RegistrationForm(
        lead=_JI,
        purpose=Purpose.APPEAL,
        content=ContentClass.JUSTICE,
        place_code="370405",
        title="对交通事故判决不服",
        summary="对一审判决确定的赔偿数额不服，判决还在上诉期内。",
        respondent="某区人民法院",
        materials=(MaterialEntry("判决书", MaterialForm.COPY, 8),),
        reply_by=ReplyMethod.ON_THE_SPOT,
    ),
    RegistrationForm(
        lead=_FANG,
        purpose=Purpose.ENQUIRY,
        content=ContentClass.EDUCATION,
        place_code="37040G",
        title="咨询随迁子女入学",
        summary="咨询高新区随迁子女入学要带哪些材料。",
        reply_by=ReplyMethod.ON_THE_SPOT,
    ),
    RegistrationForm(
        lead=_QIAN,
        agents=(_SHEN,),
        purpose=Purpose.REQUEST,
        content=ContentClass.CIVIL_AFFAIRS,
        place_code="370406",
        title="申请最低生活保障未获批准",
        summary="老人独居，低保申请没有批准，由邻居代为反映，请求重新核对家庭收入。",
        respondent="某镇人民政府",
        materials=(
            MaterialEntry("授权委托书", MaterialForm.ORIGINAL, 1),
            MaterialEntry("户口簿", MaterialForm.COPY, 2),
        ),
        reply_by=ReplyMethod.VILLAGE_OFFICERS,
    ),
    RegistrationForm(
        lead=_CAO,
        purpose=Purpose.ACCUSATION,
        content=ContentClass.DISCIPLINE,
        place_code="370404",
        title="反映某村干部侵占集体资金",
        summary="反映某村干部在集体资产处置中侵占资金，提供账目照片，要求保密。",
        respondent="某村村民委员会",
        materials=(MaterialEntry("账目照片", MaterialForm.COPY, 6),),
        reply_by=ReplyMethod.PHONE,
        confidential=True,
    ),
    RegistrationForm(
        lead=_GULI,
        purpose=Purpose.REQUEST,
        content=ContentClass.COMMERCE,
        place_code="370402",
        title="健身房停业，预付卡不退款",
        summary="健身房停业，卡里余额3100元退不回来，请求帮助协调。",
        respondent="某健身服务有限公司",
        materials=(MaterialEntry("会员合同", MaterialForm.COPY, 2), MaterialEntry("付款凭证", MaterialForm.COPY, 1)),
        reply_by=ReplyMethod.MESSAGE,
        wants_lawyer=True,
    ),
    RegistrationForm(
        lead=_HAN,
        companions=(_XU,),
        headcount=18,
        purpose=Purpose.REQUEST,
        content=ContentClass.CONSTRUCTION,
        place_code="370403",
        title="商品房逾期交付",
        summary="某小区逾期交付14个月，18名业主到场，推选2名代表反映，请求督促交房。",
        respondent="某房地产开发有限公司",
        materials=(MaterialEntry("购房合同", MaterialForm.COPY, 12), MaterialEntry("代表推选书", pages=1)),
        reply_by=ReplyMethod.PHONE,
    ),
    RegistrationForm(
        anonymous=True,
        purpose=Purpose.ACCUSATION,
        content=ContentClass.TRANSPORT_ENERGY,
        place_code="370481",
        title="夜间偷排废水",
        summary="反映某厂夜间向河道排放废水，不愿留姓名。",
        respondent="某化工厂",
        reply_by=ReplyMethod.NONE,
    ),
    RegistrationForm(
        lead=_SHEN,
        organisation="某机械有限公司",
        purpose=Purpose.REQUEST,
        content=ContentClass.LABOUR,
        place_code="370400",
        title="稳岗补贴没有到账",
        summary="符合条件的稳岗补贴没有拨付，请求核实。已经交过申报书，一直没有答复，想请律师看看合同。",
        respondent="某区人力资源和社会保障局",
        materials=(MaterialEntry("申报书", MaterialForm.COPY, 5),),
        reply_by=ReplyMethod.PHONE,
        wants_lawyer=True,
    ),
)
