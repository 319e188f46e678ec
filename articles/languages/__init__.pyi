from diptych.articles.languages.admin.editor.field_panels import field_panel as field_panel
from diptych.articles.languages.admin.editor.field_panels import text_panels as text_panels
from diptych.articles.languages.admin.editor.panels import page_handler as page_handler
from diptych.articles.languages.api.v2 import (
    MultilingualPagesAPIViewSet as MultilingualPagesAPIViewSet,
)
from diptych.articles.languages.index.querysets import (
    MultilingualPageManager as MultilingualPageManager,
)
from diptych.articles.languages.index.querysets import (
    MultilingualPageQuerySet as MultilingualPageQuerySet,
)
from diptych.articles.languages.publication.pages import (
    MultilingualPageMixin as MultilingualPageMixin,
)
from diptych.articles.languages.publication.readiness.grading import (
    NotPublishable as NotPublishable,
)
from diptych.articles.languages.translation import (
    MultilingualPageOptions as MultilingualPageOptions,
)
