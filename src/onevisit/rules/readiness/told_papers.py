"""Papers: everything that is still wanted, told at once, and of the right office (一次性告知)."""

from collections.abc import Sequence

from onevisit.rules import papers, registration
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.papers import Paper, PaperLists
from onevisit.rules.readiness.knows import FOCUS, PRINT_SLIP, Check, Finding, Outcome, WindowKnows, is_guided
from onevisit.rules.readiness.law import is_court_matter


def missing_papers(
    form: RegistrationForm,
    earlier: Sequence[str] = (),
    lists: PaperLists | None = None,
    *,
    guided: bool = False,
    group_from: int = registration.GROUP_FROM,
) -> tuple[str, ...]:
    """List all papers still wanted, each with where to get it, to be told at once (一次性告知).

    Those for the kind of matter (none where it is guided elsewhere), an agent's and a group's.

    Args:
        form: what is registered, with what was handed in now.
        earlier: names of what was handed in before, on the same matter.
        lists: the unit's lists; None for the shipped ones.
        guided: the visitor is sent on to somebody else's procedure, and brings the papers there.
        group_from: from how many people the rule set speaks of a group.
    """
    wanted = (
        *_wanted_for_matter(form, earlier, lists, guided=guided),
        *papers.wanted_of_agents(form, earlier, lists),
        *papers.wanted_of_group(form, earlier, lists, group_from),
    )
    return tuple(f"{paper.name}：{paper.where}" for paper in wanted)


def papers_complete(knows: WindowKnows) -> Outcome:
    """The papers that this kind of matter takes, all told at once."""
    form, lists = knows.form, knows.lists or papers.shipped()
    guided = is_guided(knows)
    wanted = _wanted_for_matter(form, knows.earlier_materials, lists, guided=guided)
    if not wanted:
        taken = papers.taken_by(form, lists) and not is_court_matter(form) and not guided
        return "材料齐全" if taken else None
    fine = "所缺材料已写在回执上"
    if knows.slip_handed_over:
        return fine
    label = f"（{lists.label}）" if lists.label else ""
    named = "；".join(paper.name for paper in wanted)
    why = f"{named}{label}。今天带了的请登记；没带的会一次写在回执上，可托人带来。"
    return Finding(Check.PAPERS, f"还缺 {len(wanted)} 样材料", why, FOCUS + "materials", "登记材料", fine=fine)


def right_papers_told(knows: WindowKnows) -> Outcome:
    """Whoever is guided elsewhere does not go home to fetch papers for this window."""
    if not is_guided(knows) or not knows.told_papers:
        return None
    group_from = knows.rules.group_from.value
    still = missing_papers(knows.form, knows.earlier_materials, knows.lists, guided=True, group_from=group_from)
    # by their names: where a paper is to be had may have been mended in the list since
    wanted = {papers.name_told(one) for one in still}
    wrong = [name for name in map(papers.name_told, knows.told_papers) if name not in wanted]
    if not wrong:
        return None
    why = f"已经定了引导到别的单位，回执上还写着要带{'；'.join(wrong)}；照着回去拿就白跑了，请换一份回执。"
    return Finding(Check.WRONG_PAPERS, "告知的材料不是那个单位要的", why, PRINT_SLIP, "换一份回执")


def _wanted_for_matter(
    form: RegistrationForm, earlier: Sequence[str], lists: PaperLists | None, *, guided: bool
) -> tuple[Paper, ...]:
    # What is guided to a court is not handed on: papers brought here would be one more journey for nothing.
    return () if guided or is_court_matter(form) else papers.wanted_for_matter(form, earlier, lists)
