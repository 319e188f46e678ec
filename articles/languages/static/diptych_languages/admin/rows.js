/* Rows below a page that choose another page: adds one to Wagtail's panel, with a page chosen. */
(function () {
  /* The new row. `page` is a choice of Wagtail's page chooser: id, title, adminTitle and editUrl. */
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
