"""Import of an export of WordPress (WXR). Begin with ``importing``, which deals with each item.

The file: ``export``, ``xml_stream`` and ``items`` read it, ``archives`` from a zip, ``php`` a value
of a plugin; ``translations`` and ``qtranslate`` tell its languages.

What becomes of an item: ``pages`` (articles and plain pages; ``texts`` their columns, ``states``
drafts and dates), ``people``, ``topics``, ``comments``; ``media`` (``attachments``, ``uploads``,
``attachment_texts``, ``focal_points``); ``links`` and ``addresses`` where old addresses lead.

From markup to blocks: ``content`` names the steps, which are ``block_markup``, ``reusable``,
``shortcodes``, ``classic``, ``preformatted``, ``post_reader`` and ``post_blocks``.
"""
