"""The unit's own lists and rules: read by everybody, written by whoever keeps them."""

from dataclasses import replace

from tests.desk.matrix.use_case import DAY, UseCase

from onevisit.desk import house_content, house_days, house_lists, house_papers, house_rules
from onevisit.rules import papers, ruleset_text
from onevisit.rules.accounts import Permission
from onevisit.rules.code_maps import CodeMap, Field
from onevisit.rules.content_tree import ContentNode
from onevisit.rules.organs import Organ
from onevisit.rules.rulebook import RULES_2022

EDIT = Permission.EDIT_LISTS
CLASHING = replace(RULES_2022, name="另一套")
YEAR_2030 = "2030-01-01,休\n2030-05-01,休\n2030-10-01至2030-10-03,休\n"

USE_CASES: dict[str, UseCase] = {
    "house_content.code_maps_listed": UseCase(None, house_content.code_maps_listed),
    "house_content.code_maps_text": UseCase(None, house_content.code_maps_text),
    "house_content.content_as_text": UseCase(None, house_content.content_as_text),
    "house_content.content_listed": UseCase(None, house_content.content_listed),
    "house_content.import_code_maps": UseCase(
        EDIT, lambda desk: house_content.import_code_maps(desk, '{"maps": []}', "other")
    ),
    "house_content.import_content": UseCase(EDIT, lambda desk: house_content.import_content(desk, "", "")),
    "house_content.put_back_code_maps": UseCase(EDIT, lambda desk: house_content.put_back_code_maps(desk, "")),
    "house_content.remove_code_map": UseCase(EDIT, lambda desk: house_content.remove_code_map(desk, -1, "")),
    "house_content.remove_content": UseCase(EDIT, lambda desk: house_content.remove_content(desk, "9999", "")),
    "house_content.save_code_map": UseCase(
        EDIT, lambda desk: house_content.save_code_map(desk, CodeMap("", Field.SEX, {}), "")
    ),
    "house_content.save_content": UseCase(EDIT, lambda desk: house_content.save_content(desk, ContentNode("", ""), "")),
    "house_days.remove_year": UseCase(EDIT, lambda desk: house_days.remove_year(desk, 2030, "")),
    "house_days.save_year": UseCase(EDIT, lambda desk: house_days.save_year(desk, 2030, YEAR_2030, "other")),
    "house_days.year_days": UseCase(None, lambda desk: house_days.year_days(desk, 2026)),
    "house_days.years": UseCase(None, house_days.years),
    "house_lists.confirm_organs": UseCase(EDIT, lambda desk: house_lists.confirm_organs(desk, (), "")),
    "house_lists.import_organs": UseCase(EDIT, lambda desk: house_lists.import_organs(desk, '{"organs": []}', "")),
    "house_lists.organs_listed": UseCase(None, house_lists.organs_listed),
    "house_lists.organs_text": UseCase(None, house_lists.organs_text),
    "house_lists.put_back_organs": UseCase(EDIT, lambda desk: house_lists.put_back_organs(desk, "")),
    "house_lists.remove_organ": UseCase(EDIT, lambda desk: house_lists.remove_organ(desk, "nobody", "")),
    "house_lists.save_organ": UseCase(EDIT, lambda desk: house_lists.save_organ(desk, Organ("", ""), "")),
    "house_papers.confirm_papers": UseCase(EDIT, lambda desk: house_papers.confirm_papers(desk, "other")),
    "house_papers.import_papers": UseCase(
        EDIT, lambda desk: house_papers.import_papers(desk, papers.to_json(papers.shipped()), "other")
    ),
    "house_papers.papers_listed": UseCase(None, house_papers.papers_listed),
    "house_papers.papers_text": UseCase(None, house_papers.papers_text),
    "house_papers.put_back_papers": UseCase(EDIT, lambda desk: house_papers.put_back_papers(desk, "")),
    "house_papers.save_papers": UseCase(
        EDIT, lambda desk: house_papers.save_papers(desk, replace(papers.shipped(), purposes=()), "")
    ),
    "house_rules.add_rules": UseCase(
        EDIT, lambda desk: house_rules.add_rules(desk, ruleset_text.to_json(CLASHING), {})
    ),
    "house_rules.remove_rules": UseCase(EDIT, lambda desk: house_rules.remove_rules(desk, "none", "")),
    "house_rules.rule_book": UseCase(None, house_rules.rule_book),
    "house_rules.rule_set_text": UseCase(None, lambda desk: house_rules.rule_set_text(desk, "2022")),
    "house_rules.rules_of_day": UseCase(None, lambda desk: house_rules.rules_of_day(desk, DAY)),
    "house_rules.switch_rules": UseCase(EDIT, lambda desk: house_rules.switch_rules(desk, "none", "", on=True)),
}
NO_USE_CASES: dict[str, str] = {}
