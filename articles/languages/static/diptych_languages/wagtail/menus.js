/* The Escape key leads back from a menu, such as that of the blocks to insert, to its button, and
   from a window that opens over the form to where one was.
   Reads [data-tippy-root], _tippy of tippy.js, .modal and hidden.bs.modal; read in Wagtail 8.0.1. */
(function () {
  let left = null;

  document.addEventListener(
    "keydown",
    ({ isComposing, key, target }) => {
      if (key !== "Escape" || isComposing) return;
      target.closest?.("[data-tippy-root]")?._tippy?.reference.focus();
    },
    true,
  );

  document.addEventListener("focusin", ({ target }) => {
    if (!target.closest(".modal, [role=dialog]")) left = target;
  });

  /* A rich text is read-only as long as the window is open, and cannot have the focus. */
  jQuery(document).on("hidden.bs.modal", () => {
    setTimeout(() => {
      if (document.activeElement === document.body) left?.focus();
    });
  });
})();
