"""The form for images."""

from django.db import transaction
from django.forms import CharField, ChoiceField, HiddenInput, Media, RadioSelect
from django.templatetags.static import static
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.images.forms import BaseImageForm

from diptych.articles.images.alt_texts.faults import is_repeat, why_no_repeat
from diptych.articles.images.alt_texts.places import faults_of_image
from diptych.articles.images.unconfirmed import waiting_for
from diptych.articles.images.uploads.fields import PictureField
from diptych.articles.languages.bin.files import is_live_where_denied
from diptych.articles.languages.config.fields import translated_fields, untranslated_fields
from diptych.articles.languages.config.language_config import (
    active_language,
    available_languages,
    column,
    translated_language_name,
)
from diptych.articles.languages.permissions.policy import languages_denied

FOCAL_POINT = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")

#: The prefix of the form with which Wagtail's image chooser uploads; read in Wagtail 8.0.1.
CHOOSER_PREFIX = "image-chooser-upload"

#: The name in that form of the language in which the alternative text is needed.
ASKED_LANGUAGE = "asked_language"

#: The hook by which other applications offer to fill a text: it is given the image, the language
#: and the user, and returns the label and the address of a link, or ``None``.
AIDS = "register_diptych_image_text_aids"

#: The prefix of the choice whether a text that waits to be confirmed is right, before its column.
CONFIRM = "confirm_"
#: Before the text in that choice: one that is another by now is no valid choice any more.
RIGHT, WRONG = "right:", "wrong:"

#: Fields with a longer ``max_length`` get a text area.
ONE_LINE = 255


def _alt_is_needed():
    return _("Say what one sees in the picture, or tick the box for a decorative one.")


def _about_waiting(row):
    """An :class:`UnconfirmedImageText`, where it is from, and whether its source has changed."""
    origin = _("From “%(file)s”; readers see nothing of it yet.") % {"file": row.origin}
    about = format_html('<q lang="{}">{}</q><br>{}', row.language, row.text, origin)
    if not row.has_changed_source:
        return about
    changed = _("The source has changed since. It was:")
    return format_html(
        '{}<br><span class="diptych-fault">{} <q lang="{}">{}</q></span>',
        about,
        changed,
        row.source_language,
        row.source,
    )


class ImageForm(BaseImageForm):
    """Wagtail's form of an image, for any image model.

    It refuses files that cannot be shown and takes metadata off the others. Where the model
    has texts in several languages, each is named with its language, and texts that contradict
    one another are refused. Those in the language of the user come first. An upload in the image
    chooser needs an alternative text in the language of the field it was opened from, which
    ``image_chooser.js`` names, else in that of the user, or is marked as decorative. Only who may
    delete an image replaces its file.
    """

    def __init__(self, *args, user=None, **kwargs):
        self.user = user
        super().__init__(*args, user=user, **kwargs)
        if "file" in self.fields:
            self.fields["file"] = self._picture_field(self.fields["file"])
        for name, columns in translated_fields(self._meta.model).items():
            for language, column_name in columns.items():
                if column_name not in self.fields:
                    continue
                if language in self._languages_denied:
                    del self.fields[column_name]
                else:
                    self._name_with_language(name, language, self.fields[column_name])
        if self._is_live_where_denied:
            for field in untranslated_fields(self._meta.model):
                self.fields.pop(field.name, None)
            self.fields.pop("tags", None)
        if not self._may_replace_file:
            self.fields.pop("file", None)
        self._begin_with_own_texts()
        self._take_texts_whole()
        self._add_warnings()
        self._offer_aids()
        self._ask_to_confirm()
        licence = self.fields.get("licence")
        if licence and not licence.help_text:
            licence.help_text = _("What others may do with it: CC BY 4.0, all rights reserved…")

    @cached_property
    def _languages_denied(self):
        """The languages whose texts the user has no permission to edit."""
        return languages_denied(self.user, "edit") if self.user else []

    @property
    def _is_live_where_denied(self):
        """Whether the user may not change the shared fields of the stored picture."""
        return self._is_stored and is_live_where_denied(self.user, self.instance)

    @property
    def _may_replace_file(self):
        """Whether the user may delete the stored file, as Wagtail does when another is uploaded."""
        may = self.permission_policy.user_has_permission_for_instance
        return not self._is_stored or may(self.user, "delete", self.instance)

    @property
    def _is_stored(self):
        """Whether a user edits an image that is there."""
        return self.user is not None and self.instance.pk is not None

    @cached_property
    def _own_language(self):
        """The language of the chooser or of the admin, or the first one the user may edit.

        ``None`` without any.
        """
        allowed = [code for code in available_languages() if code not in self._languages_denied]
        wanted = [self._language_of_chooser, active_language(), *allowed]
        return next((code for code in wanted if code in allowed), None)

    @property
    def _language_of_chooser(self):
        """The language of the field whose chooser has sent the form; ``None`` of any other."""
        if self.prefix != CHOOSER_PREFIX:
            return None
        return self.data.get(self.add_prefix(ASKED_LANGUAGE))

    @cached_property
    def _is_asked_for_alt(self):
        """Whether the form is that of a chooser and has a text that may be needed."""
        needed = {self._column_in_own_language("alt"), "is_decorative"}
        return self.prefix == CHOOSER_PREFIX and needed <= self.fields.keys()

    def _column_in_own_language(self, name):
        return column(name, self._own_language) if self._own_language else ""

    def _begin_with_own_texts(self):
        alt, caption = map(self._column_in_own_language, ("alt", "caption"))
        self.order_fields(["title", "file", "collection", alt, "is_decorative", caption])
        if self._is_asked_for_alt:
            self._require_alt_text()

    def _require_alt_text(self):
        for language, name in translated_fields(self._meta.model)["alt"].items():
            if field := self.fields.get(name):
                field.help_text = format_html(
                    '{} <span data-diptych-needed="{}"{}>{}</span>',
                    field.help_text,
                    language,
                    "" if language == self._own_language else mark_safe(" hidden"),
                    _("Needed, unless the picture is decorative."),
                )
        attributes = {
            "data-controller": "diptych-image-upload",
            "data-action": "click@document->diptych-image-upload#requireText:capture",
            "data-diptych-image-upload-sentence-value": _alt_is_needed(),
        }
        self.fields[ASKED_LANGUAGE] = CharField(
            required=False, initial=self._own_language, widget=HiddenInput(attributes)
        )

    def _picture_field(self, field):
        if isinstance(field, PictureField):
            return field
        return PictureField(
            label=field.label,
            required=field.required,
            disabled=field.disabled,
            initial=field.initial,
            widget=field.widget,
        )

    def _name_with_language(self, name, language, field):
        original = self._meta.model._meta.get_field(name)
        field.label = _("%(field)s (%(language)s)") % {
            "field": capfirst(original.verbose_name),
            "language": translated_language_name(language),
        }
        if (getattr(field, "max_length", None) or 0) > ONE_LINE:
            field.widget = AdminAutoHeightTextInput(attrs=field.widget.attrs)
        field.widget.attrs["lang"] = language

    def _take_texts_whole(self):
        """Remove ``maxlength``: browsers cut longer texts silently; validation rejects them."""
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)

    def _add_warnings(self):
        """Show the faults of stored texts as help texts."""
        if self.instance.pk is None:
            return
        for language in available_languages():
            for fault in faults_of_image(self.instance, language):
                name = "caption" if fault.is_about_caption else "alt"
                field = self.fields.get(column(name, language))
                if field is not None:
                    field.help_text = format_html(
                        '{} <span class="diptych-fault{}">{}</span>',
                        field.help_text,
                        " diptych-fault--hint" if fault.is_hint else "",
                        fault.advice,
                    )

    def _offer_aids(self):
        """Link the first empty text in each language with what other applications fill it by."""
        if not self._is_stored:
            return
        fields = translated_fields(self._meta.model)
        for language in available_languages():
            names = [columns[language] for columns in fields.values()]
            empty = [each for each in names if not getattr(self.instance, each)]
            field = next((self.fields[each] for each in empty if each in self.fields), None)
            for hook in hooks.get_hooks(AIDS) if field else ():
                if aid := hook(self.instance, language, self.user):
                    label, url = aid
                    link = format_html('<a href="{}">{}</a>', url, label)
                    field.help_text = format_html("{} {}", field.help_text, link)

    def _ask_to_confirm(self):
        """Add a choice below each text in whose place another one waits to be confirmed."""
        found = waiting_for([self.instance]) if self._is_stored else {}
        self._waiting = {each.column: each for each in found.values() if each.column in self.fields}
        order = list(self.fields)
        for name, row in self._waiting.items():
            self.fields[f"{CONFIRM}{name}"] = ChoiceField(
                label=_("%(field)s, to be confirmed") % {"field": self.fields[name].label},
                help_text=_about_waiting(row),
                choices=[
                    ("", _("Decide later")),
                    (f"{RIGHT}{row.text}", _("It is right: store it above")),
                    (f"{WRONG}{row.text}", _("Discard it")),
                ],
                required=False,
                widget=RadioSelect,
            )
            order.insert(order.index(name) + 1, f"{CONFIRM}{name}")
        self.order_fields(order)

    @property
    def media(self):
        return super().media + Media(css={"all": [static("diptych/admin/pictures.css")]})

    def clean(self):
        super().clean()
        self._take_confirmed_texts()
        self._ask_for_alt()
        described = [code for code in available_languages() if self._text("alt", code)]
        if described and self._value("is_decorative"):
            self._complain(
                "is_decorative",
                _(
                    "A decorative picture has no alternative text. "
                    "Either delete that text or untick this box."
                ),
            )
        for language in described:
            if is_repeat(self._text("alt", language), self._text("caption", language)):
                self._complain(column("caption", language), why_no_repeat())
        if "file" in self.changed_data and not set(FOCAL_POINT) & set(self.changed_data):
            self._forget_focal_point()
        return self.cleaned_data

    def _take_confirmed_texts(self):
        for name, row in self._waiting.items():
            if self.cleaned_data.get(f"{CONFIRM}{name}") != f"{RIGHT}{row.text}":
                continue
            if name in self.changed_data and self._value(name) != row.text:
                message = _("You have changed the text above as well: leave one of the two.")
                self._complain(f"{CONFIRM}{name}", message)
            else:
                self.cleaned_data[name] = row.text

    def _ask_for_alt(self):
        if not self._is_asked_for_alt or self._value("is_decorative"):
            return
        name = self._column_in_own_language("alt")
        if not self.cleaned_data.get(name, True):
            self.add_error(name, _alt_is_needed())

    def _value(self, name):
        return self.cleaned_data.get(name, getattr(self.instance, name, None))

    def _text(self, name, language):
        return (self._value(column(name, language)) or "").strip()

    def _complain(self, name, message):
        self.add_error(name if name in self.fields else None, message)

    def _forget_focal_point(self):
        """Clear the focal point when the file is replaced.

        A file of the same size is taken as a better version of the same picture.
        """
        upload = self.cleaned_data.get("file")
        if upload is None or not self.instance.has_focal_point():
            return
        if upload.image.get_size() != (self.instance.width, self.instance.height):
            self.cleaned_data.update(dict.fromkeys(FOCAL_POINT))

    def save(self, commit=True):
        """Save in one transaction with the removal of old renditions and of texts decided upon.

        Another text that was written in its place settles a text that waited to be confirmed.
        """
        with transaction.atomic():
            for name, row in self._waiting.items():
                if self.cleaned_data.get(f"{CONFIRM}{name}") or name in self.changed_data:
                    row.delete()
            return super().save(commit=commit)
