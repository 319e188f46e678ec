/* Rows below a page that choose another page: Wagtail's panel adds one, its chooser is told which. */
(function () {
  /* The new row. `page` is what Wagtail's page chooser gives: id, title, adminTitle and editUrl. */
  function addRow(prefix, field, page) {
    const panel = window.wagtail.editHandler.getPanelByName(prefix);
    panel.addForm();
    const number = panel.formCount - 1;
    const definition = document.getElementById(`id_${prefix}-CHOOSER_WIDGET`).textContent;
    const factory = window.telepath.unpack(JSON.parse(definition));
    factory.getById(`id_${prefix}-${number}-${field}`).setStateFromModalData(page);
    return document.getElementById(`inline_child_${prefix}-${number}`);
  }

  window.diptych = { ...window.diptych, addRow };
})();
