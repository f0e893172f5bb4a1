"""Languages a client may read or be spoken to in, by BCP 47 tag: those most spoken in the United States."""

from django.utils.translation import gettext_lazy as _

ENGLISH = "en"
LANGUAGES = {
    ENGLISH: _("English"),
    "es": _("Spanish"),
    "am": _("Amharic"),
    "ar": _("Arabic"),
    "ase": _("American Sign Language"),
    "bn": _("Bengali"),
    "de": _("German"),
    "fa": _("Persian"),
    "fr": _("French"),
    "gu": _("Gujarati"),
    "he": _("Hebrew"),
    "hi": _("Hindi"),
    "hmn": _("Hmong"),
    "ht": _("Haitian Creole"),
    "hy": _("Armenian"),
    "it": _("Italian"),
    "ja": _("Japanese"),
    "km": _("Khmer"),
    "ko": _("Korean"),
    "ne": _("Nepali"),
    "nv": _("Navajo"),
    "pa": _("Punjabi"),
    "pl": _("Polish"),
    "pt": _("Portuguese"),
    "ru": _("Russian"),
    "so": _("Somali"),
    "sw": _("Swahili"),
    "ta": _("Tamil"),
    "te": _("Telugu"),
    "tl": _("Tagalog"),
    "uk": _("Ukrainian"),
    "ur": _("Urdu"),
    "vi": _("Vietnamese"),
    "yi": _("Yiddish"),
    "yue": _("Cantonese"),
    "zh": _("Chinese (Mandarin)"),
}


def language_label(tag: str) -> str:
    """The language's name for people; a tag without one stands for itself."""
    return str(LANGUAGES.get(tag, tag))


def is_language(tag: str) -> bool:
    return tag in LANGUAGES
