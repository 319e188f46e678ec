/*
 * Folds the sidebar beside two columns, unless the window has room for it.
 *
 * Wagtail builds the sidebar from a cookie, which a sidebar that is built folded writes once more
 * shortly afterwards. It holds "folded" in these two moments alone, so that no other page, however
 * soon it is asked for, is written with a folded sidebar and then builds one that is not. Whoever
 * unfolds it beside two columns finds it unfolded there.
 *
 * Uses the cookie wagtail_sidebar_collapsed, the class sidebar-collapsed of the body and
 * sidebar__collapse-toggle of the button; read in Wagtail 8.0.1.
 */
(() => {
  const COOKIE = "wagtail_sidebar_collapsed";
  const UNFOLDED = "diptych-two-columns-sidebar";
  const isFolded = () => document.body.classList.contains("sidebar-collapsed");
  const hasLittleRoom = window.matchMedia("(50em <= width < 100em)").matches;

  function read() {
    return new RegExp(`(?:^|; )${COOKIE}=([^;]*)`).exec(document.cookie)?.[1];
  }

  function write(value) {
    const age = value === undefined ? "; max-age=0" : "";
    document.cookie = `${COOKIE}=${value ?? ""}; path=/; samesite=lax${age}`;
  }

  /* The sidebar is built by a listener of the document, between these of the window. */
  function fold() {
    const before = read();
    const once = new MutationObserver(() => {
      if (read() === before) return;
      write(before);
      once.disconnect();
    });
    document.body.classList.add("sidebar-collapsed");
    window.addEventListener("DOMContentLoaded", () => write("1"), { capture: true, once: true });
    window.addEventListener(
      "DOMContentLoaded",
      () => {
        write(before);
        once.observe(document.body, { attributeFilter: ["class"] });
      },
      { once: true },
    );
  }

  class SidebarController extends window.StimulusModule.Controller {
    /* Controllers are connected after Wagtail has built the sidebar. */
    static afterLoad() {
      if (hasLittleRoom && !isFolded() && !localStorage.getItem(UNFOLDED)) fold();
    }

    keep({ target }) {
      if (!target.closest?.(".sidebar__collapse-toggle")) return;
      setTimeout(() => {
        if (isFolded()) localStorage.removeItem(UNFOLDED);
        else localStorage.setItem(UNFOLDED, "1");
      });
    }
  }

  window.wagtail.app.register("diptych-sidebar", SidebarController);
})();
