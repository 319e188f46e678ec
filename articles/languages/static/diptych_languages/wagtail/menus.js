/* The Escape key leads back from a menu, such as that of the blocks to insert, to its button, and
   from a window that opens over the form to where one was. On a narrow screen the button of the
   sidebar takes the focus with it, also where no sidebar is open: it is given back.
   Reads [data-tippy-root], _tippy of tippy.js, .modal, hidden.bs.modal and
   .sidebar-nav-toggle--mobile; read in Wagtail 8.0.1. */
(() => {
  class MenusController extends window.StimulusModule.Controller {
    connect() {
      this.left = null;
      this.closed = () => this.goBack();
      jQuery(document).on("hidden.bs.modal", this.closed);
    }

    disconnect() {
      jQuery(document).off("hidden.bs.modal", this.closed);
    }

    leave({ isComposing, key, target }) {
      if (key !== "Escape" || isComposing) return;
      target.closest?.("[data-tippy-root]")?._tippy?.reference.focus();
      const toggle = document.querySelector('.sidebar-nav-toggle--mobile[aria-expanded="false"]');
      const left = document.activeElement;
      if (!toggle || left === document.body) return;
      setTimeout(() => {
        if (document.activeElement === toggle) left.focus();
      });
    }

    remember({ target }) {
      if (!target.closest(".modal, [role=dialog]")) this.left = target;
    }

    /* A rich text is read-only as long as the window is open, and cannot have the focus. */
    goBack() {
      setTimeout(() => {
        if (document.activeElement === document.body) this.left?.focus();
      });
    }
  }

  window.wagtail.app.register("diptych-menus", MenusController);
})();
