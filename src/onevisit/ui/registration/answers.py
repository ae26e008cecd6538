"""The clerk's answers to "the same person?" and "the same matter?", with what they were about, to show them again."""

from dataclasses import dataclass, field
from datetime import date

from onevisit.desk.register import KnownMatter, KnownPerson, Likenesses
from onevisit.rules.clocks import show_short_day
from onevisit.rules.forms import Answer, MatterAnswer, PersonAnswer, RegistrationForm
from onevisit.rules.people import PersonEntry

GONE = "（资料未载入）"


def day_words(day: date | None) -> str:
    """Name a day shortly; never been is said in words."""
    return show_short_day(day) if day else "没有来访记录"


@dataclass(slots=True)
class Answers:
    """What was answered so far on this form.

    Attributes:
        persons, matters: the answers by id, in the order they were given.
        known_persons, known_matters: who and what they are about, as far as it was shown here.
        anchor: name and number of the lead visitor when the last answer was given.
    """

    persons: dict[int, Answer] = field(default_factory=dict)
    matters: dict[int, Answer] = field(default_factory=dict)
    known_persons: dict[int, KnownPerson] = field(default_factory=dict)
    known_matters: dict[int, KnownMatter] = field(default_factory=dict)
    anchor: tuple[str, str] = ("", "")

    def see(self, likenesses: Likenesses) -> None:
        """Remember who and what was shown."""
        self.known_persons.update({one.petitioner_id: one for one in likenesses.persons})
        self.known_matters.update({one.matter_id: one for one in likenesses.matters})

    def open_questions(self, likenesses: Likenesses) -> Likenesses:
        """Leave out what is answered; somebody certain needs no answer."""
        return Likenesses(
            tuple(p for p in likenesses.persons if p.petitioner_id not in self.persons and not p.certain),
            () if self.same_matter() else tuple(m for m in likenesses.matters if m.matter_id not in self.matters),
        )

    def answer_person(self, petitioner_id: int, answer: Answer, lead: PersonEntry | None) -> None:
        """Keep one answer about a person; only one can be the same."""
        if answer is Answer.SAME:
            self.persons = dict.fromkeys(self.persons, Answer.ANOTHER)
        self.anchor = _anchor(lead)
        self.persons[petitioner_id] = answer

    def answer_matter(self, matter_id: int, answer: Answer, lead: PersonEntry | None) -> None:
        """Keep one answer about a matter; only one can be the same."""
        if answer is Answer.SAME:
            self.matters = dict.fromkeys(self.matters, Answer.ANOTHER)
        self.anchor = _anchor(lead)
        self.matters[matter_id] = answer

    def move_anchor(self, lead: PersonEntry | None) -> None:
        """The program itself filled in the person that was answered SAME."""
        self.anchor = _anchor(lead)

    def hold_for(self, lead: PersonEntry | None) -> bool:
        """Whether the answers still are about the person on the form; those about somebody else are dropped."""
        if not (self.same_person() or self.matters):
            return True
        name, number = _anchor(lead)
        same = number == self.anchor[1] if self.anchor[1] else name == self.anchor[0]
        if not same:
            self.forget()
        return same

    def forget(self) -> None:
        """Drop every answer."""
        self.persons.clear()
        self.matters.clear()

    def forget_matters(self) -> None:
        """Drop the answers about matters, to ask again."""
        self.matters.clear()

    def same_person(self) -> int | None:
        """The petitioner answered SAME."""
        return next((key for key, one in self.persons.items() if one is Answer.SAME), None)

    def same_matter(self) -> int | None:
        """The matter answered SAME: this is a repeat visit."""
        return next((key for key, one in self.matters.items() if one is Answer.SAME), None)

    def person_answers(self) -> tuple[PersonAnswer, ...]:
        """The answers about persons as a form holds them."""
        return tuple(PersonAnswer(key, one) for key, one in self.persons.items())

    def matter_answers(self) -> tuple[MatterAnswer, ...]:
        """The answers about matters as a form holds them."""
        return tuple(MatterAnswer(key, one) for key, one in self.matters.items())

    def take_from(self, form: RegistrationForm) -> None:
        """Take over the answers of a form."""
        self.persons = {one.petitioner_id: one.answer for one in form.person_answers}
        self.matters = {one.matter_id: one.answer for one in form.matter_answers}
        self.anchor = _anchor(form.lead)

    def matter_title(self, matter_id: int) -> str:
        """The title of a matter as it was shown."""
        known = self.known_matters.get(matter_id)
        return known.title if known else GONE

    def person_name(self, petitioner_id: int) -> str:
        """The name of a person as it was shown."""
        known = self.known_persons.get(petitioner_id)
        return known.name if known else GONE


def _anchor(lead: PersonEntry | None) -> tuple[str, str]:
    return (lead.name.strip(), lead.id_number) if lead else ("", "")
