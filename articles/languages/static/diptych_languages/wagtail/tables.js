/* Tables are drawn again when they come into sight, or when their container gets another width.
   Wagtail measures every table whenever the window is resized, those in a hidden tab too, which
   are 0 px high from then on.
   A cell is written into the form when the focus leaves the table, by whatever key, and keys belong
   to what has the focus then. "diptych:write" opens the selected cell for words to be inserted,
   "diptych:reach" selects the first empty one.
   Adds a hook to window.Handsontable and sizes .wtHider and .wtHolder; read in Wagtail 8.0.1. */
(function () {
  const PARTS = ".ht_master .wtHider, .ht_master .wtHolder";
  /* Room for each row while all of them are drawn to be measured. */
  const ROW = 400;

  function fit(table, field) {
    const box = table.rootElement;
    /* As wide as there is room, and not as the table is drawn now. */
    box.style.width = "100%";
    const setHeight = (height) => {
      table.updateSettings({ width: field.clientWidth, height });
      [box, ...box.querySelectorAll(PARTS)].forEach((part) => {
        part.style.width = "100%";
        part.style.height = `${height}px`;
      });
    };
    setHeight(ROW * table.countRows());
    setHeight(box.querySelector(".ht_master .htCore").offsetHeight + 1);
  }

  /* Columns are stretched to the room there is, and rows are all in sight. */
  function fits(table, field) {
    const box = table.rootElement;
    const drawn = box.querySelector(".ht_master .htCore");
    const isWide = box.clientWidth === field.clientWidth && drawn.offsetWidth >= field.clientWidth - 2;
    return isWide && drawn.offsetHeight > 0 && box.clientHeight >= drawn.offsetHeight;
  }

  /* A table takes the focus a moment after a cell was reached, even if it has been left by then. */
  const MOMENT = 100;
  const left = new Map();

  function leave(table, { relatedTarget }) {
    if (!relatedTarget || table.rootElement.contains(relatedTarget)) return;
    left.set(table, relatedTarget);
    setTimeout(() => left.delete(table), MOMENT);
    const editor = table.getActiveEditor();
    if (editor?.isOpened()) editor.finishEditing();
    table.unlisten();
  }

  function enter(table, { relatedTarget }) {
    if (relatedTarget && relatedTarget === left.get(table)) relatedTarget.focus();
    else table.listen(false);
  }

  function write(table) {
    const editor = table.getActiveEditor();
    if (!editor || editor.isOpened()) return;
    editor.enableFullEditMode();
    editor.beginEditing();
  }

  function reach(table, event) {
    const rows = table.getData();
    const row = rows.findIndex((cells) => cells.some((cell) => !cell));
    if (row < 0) return;
    event.preventDefault();
    document.activeElement?.blur();
    table.selectCell(row, rows[row].findIndex((cell) => !cell));
    table.listen(false);
  }

  Handsontable.hooks.add("afterInit", function () {
    const table = this;
    const box = table.rootElement;
    const field = box.closest("[data-field-wrapper]");
    const observer = new ResizeObserver(() => {
      if (!field.clientWidth || fits(table, field)) return;
      requestAnimationFrame(() => fit(table, field));
    });
    observer.observe(box);
    observer.observe(field);
    box.addEventListener("focusin", (event) => enter(table, event));
    box.addEventListener("focusout", (event) => leave(table, event));
    box.addEventListener("diptych:write", () => write(table));
    box.addEventListener("diptych:reach", (event) => reach(table, event));
  });
})();
