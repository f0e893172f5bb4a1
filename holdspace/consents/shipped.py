"""The forms every practice begins with: what is asked before meeting by video, in plain words.

They are read by people who may be unwell, in a hurry, or twelve years old: short sentences, everyday words
(`reading` measures them).  A practice gets a copy and makes it its own.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from holdspace.consents.models import Purpose


@dataclass(frozen=True)
class Shipped:
    """A form as we ship it: its title, what the client reads, what is read out, and how signing works."""

    title: str | Promise
    text: str
    script: str
    disclosure: str

    @property
    def words(self) -> dict[str, str]:
        return {"text": self.text, "script": self.script, "disclosure": self.disclosure}


VIDEO_TEXT = """\
## Meeting by video

You and your clinician will see and hear each other through your phone or computer. \
Nothing is recorded.

## What can go wrong

The picture or the sound can freeze or stop. If that happens, we call you on the phone number we have. \
Some things are harder to notice by video than in the same room. If we think that it isn't right for you, \
we will say so and offer another way to meet.

## Your privacy

The call is encrypted from your device to your clinician's. No way of talking over the internet is \
perfectly safe. Please choose a place where nobody can hear you, and tell us if somebody can.

## In an emergency

We ask where you are each time, so that help can be sent to you if it is needed. \
If you are in danger, call 911. In a crisis, call or text 988.

## What it costs

Meeting by video may be paid for differently than meeting in person. Ask us, or whoever insures you, \
if you aren't sure.

## Your choice

You can say no now, or stop at any time, and you will still get care from us. \
You can take this agreement back whenever you like: on this page, or by calling us.
"""

VIDEO_SCRIPT = """\
“We'll talk by video. It is private and encrypted, and I don't record it. Video can fail; \
if we lose each other I will call you on the phone number we have.

You can say no, or stop at any time, and you will still get care here. Do you agree to meet by video?”
"""

DISCLOSURE = """\
Signing on this screen counts like signing on paper. You can have it on paper instead, and a copy on paper \
at any time: just call us. You only need a browser, as you have now. Your agreement covers meeting by video \
and nothing else, and you can take it back here or by calling us.
"""

MINOR_TEXT = """\
## Who reads this

{first_name} is under 18. So a parent or guardian reads this form and signs it. \
Please read it together: we would like {first_name} to agree too. In some states, young people can agree \
to their own care. Ask us if you aren't sure.

## Meeting by video

{first_name} and the clinician will see and hear each other through a phone or computer. \
Nothing is recorded. Please don't record it either.

## An adult close by

Please make sure that an adult is at home or close by while we meet. \
We need a phone number to reach that person. They don't have to be in the room.

## Room to talk

Young people talk more freely when nobody listens in. Please find a room with a door, and headphones if you \
have them. Tell us who else is in the room, and tell us if you would like to join. \
We will talk with you both about what we share with you, and what stays between {first_name} and us. \
If we think that somebody isn't safe, we have to act, and we may have to tell others.

## What can go wrong

The picture or the sound can freeze or stop. If that happens, we call the phone number we have. \
Some things are harder to notice by video than in the same room. If we think that it isn't right for \
{first_name}, we will say so and offer another way to meet.

## Privacy

The call is encrypted from your device to the clinician's. No way of talking over the internet is \
perfectly safe.

## In an emergency

We ask where {first_name} is each time, so that help can be sent there if it is needed. \
In danger, call 911. In a crisis, call or text 988, at any age.

## What it costs

Meeting by video may be paid for differently than meeting in person. Ask us, or your health plan, \
if you aren't sure.

## Your choice

You can say no now, and you or {first_name} can stop at any time. {first_name} will still get care from us. \
You can take this agreement back whenever you like: on this page, or by calling us. \
At 18, {first_name} will be asked again and will decide alone.
"""

MINOR_SCRIPT = """\
(To the parent or guardian, with {first_name} listening:)

“{first_name} and I would meet by video. It is private and encrypted, and I don't record it. \
Please have an adult close by, and give {first_name} a room to talk. Video can fail; \
if we lose each other I will call the phone number we have.

You can say no, and you or {first_name} can stop at any time. {first_name} will still get care here. \
Do you agree that we meet by video?

{first_name}, is that all right with you?”
"""

MINOR_DISCLOSURE = """\
Signing on this screen counts like signing on paper. You can have it on paper instead, and a copy on paper \
at any time: just call us. You only need a browser, as you have now. Your agreement covers meeting by video \
with {first_name} and nothing else, and you can take it back here or by calling us.
"""

GROUP_TEXT = """\
## Meeting in a group by video

You will meet with other people and a clinician through your phone or computer. \
Everybody there can see and hear you, and you can see and hear them. We don't record it.

## What is said in the group stays there

Please don't tell anybody who was there or what they said. Don't record, and don't take pictures of \
the screen. We ask everybody for the same. But we can't promise that all will keep to it: \
share only what feels right to you.

## Your place

Please be alone, in a room where nobody can hear or see the group, and use headphones if you have them. \
If somebody comes in, turn off your sound and picture. You choose the name that the others see.

## What can go wrong

The picture or the sound can freeze or stop. If you drop out, open your link again. \
If that doesn't work, we call you after the group, or sooner if we are worried about you.

## In an emergency

We ask where you are each time, so that help can be sent to you if it is needed. \
If you are in danger, call 911. In a crisis, call or text 988. \
If we are worried about you, the clinician may ask you to talk apart from the group.

## What we do

The clinician leads the group and can ask somebody to leave if it isn't safe or fair for the others. \
What we write down about you is kept in your own record, without the names of the others.

## Your choice

You can say no now, or leave the group at any time, and you will still get care from us. \
You can take this agreement back whenever you like: on this page, or by calling us.
"""

GROUP_SCRIPT = """\
“We'll meet in a group by video. Everybody there can see and hear you. I don't record it, \
and nobody else may. What is said in the group stays there; I ask everybody for that, but I can't promise \
it for them.

Please be alone where you are. You can say no, or leave at any time, and you will still get care here. \
Do you agree to meet in a group by video?”
"""

GROUP_DISCLOSURE = """\
Signing on this screen counts like signing on paper. You can have it on paper instead, and a copy on paper \
at any time: just call us. You only need a browser, as you have now. Your agreement covers meeting in a \
group by video and nothing else, and you can take it back here or by calling us.
"""

SHIPPED = {
    Purpose.TELEHEALTH.value: Shipped(_("Telehealth consent"), VIDEO_TEXT, VIDEO_SCRIPT, DISCLOSURE),
    Purpose.MINOR.value: Shipped(
        _("Telehealth consent for a minor"), MINOR_TEXT, MINOR_SCRIPT, MINOR_DISCLOSURE
    ),
    Purpose.GROUP.value: Shipped(_("Group telehealth consent"), GROUP_TEXT, GROUP_SCRIPT, GROUP_DISCLOSURE),
}
