/*
 * Folds the sidebar beside two columns, unless the window has room for it.
 *
 * Wagtail builds the sidebar from a cookie. That holds "folded" until it is built and has its own
 * value again afterwards, so that the other pages keep the sidebar as it was. Whoever unfolds it
 * beside two columns finds it unfolded there.
 *
 * Uses the cookie wagtail_sidebar_collapsed, the class sidebar-collapsed of the body and
 * sidebar__collapse-toggle of the button; read in Wagtail 8.0.1.
 */
(function () {
  const COOKIE = "wagtail_sidebar_collapsed";
  const UNFOLDED = "diptych-two-columns-sidebar";
  const isFolded = () => document.body.classList.contains("sidebar-collapsed");
  const hasLittleRoom = window.matchMedia("(50em <= width < 100em)").matches;
  /* A sidebar that is built folded says so in the cookie once more, shortly afterwards. */
  const BUILT = 100;
  let waiting;

  function write(value) {
    const age = value === undefined ? "; max-age=0" : "";
    document.cookie = `${COOKIE}=${value ?? ""}; path=/; samesite=lax${age}`;
  }

  function fold() {
    const before = new RegExp(`(?:^|; )${COOKIE}=([^;]*)`).exec(document.cookie)?.[1];
    write("1");
    document.body.classList.add("sidebar-collapsed");
    window.addEventListener("load", () => {
      waiting = setTimeout(() => write(before), BUILT);
    });
  }

  if (hasLittleRoom && !isFolded() && !localStorage.getItem(UNFOLDED)) fold();

  document.addEventListener("click", ({ target }) => {
    if (!target.closest?.(".sidebar__collapse-toggle")) return;
    clearTimeout(waiting);
    setTimeout(() => {
      if (isFolded()) localStorage.removeItem(UNFOLDED);
      else localStorage.setItem(UNFOLDED, "1");
    });
  });
}());
