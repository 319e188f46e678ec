"""Dates and times in words, for the templates of the admin."""

from django import template

from diptych.articles.languages.config.dates import date_in_words, moment_in_words, time_in_words

register = template.Library()


@register.filter(name="date_in_words", expects_localtime=True)
def show_date(day):
    """« 1er mars 2027 »; nothing where there is no date."""
    return date_in_words(day) if day else ""


@register.filter(name="moment_in_words")
def show_moment(moment):
    """« 1er mars 2027 à 14:32 »; nothing where there is no moment."""
    return moment_in_words(moment) if moment else ""


@register.filter(name="time_in_words", expects_localtime=True)
def show_time(moment):
    """« 14:32 »; nothing where there is no moment."""
    return time_in_words(moment) if moment else ""
