"""Bodies of hundreds of blocks, which the browser builds away from the form they belong to."""

from django.forms import Media
from django.utils.functional import cached_property
from wagtail.admin.staticfiles import versioned_static
from wagtail.blocks.stream_block import StreamBlockAdapter

SCRIPT = "diptych_languages/wagtail/long_stream.js"


class LongStreamAdapter(StreamBlockAdapter):
    js_constructor = "diptych.LongStream"

    @cached_property
    def media(self):
        return super().media + Media(
            js=[versioned_static("diptych_languages/wagtail/long_stream.js")]
        )
