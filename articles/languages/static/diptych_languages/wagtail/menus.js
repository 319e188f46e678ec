/* The Escape key in a menu, such as that of the blocks to insert, leads back to its button.
   Reads [data-tippy-root] and _tippy of tippy.js; read in Wagtail 8.0.1. */
(function () {
  document.addEventListener(
    "keydown",
    ({ key, target }) => {
      if (key !== "Escape") return;
      target.closest?.("[data-tippy-root]")?._tippy?.reference.focus();
    },
    true,
  );
})();
