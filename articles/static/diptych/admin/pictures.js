/* Links of the side panel lead to a picture's words in whichever tab they are. */

(() => {
  const ARRIVED = "diptych-arrived";
  /* A tab that has been opened scrolls to its beginning, and its texts take their heights one by
     one: so many milliseconds lie between two looks at where the words are by now. */
  const PAUSE = 200;
  const LOOKS = 10;

  function openTab(target) {
    const panel = target.closest('[role="tabpanel"]');
    if (panel) {
      document.querySelector(`[role="tab"][href="#${CSS.escape(panel.id)}"]`)?.click();
    }
  }

  function openClosedPanels(target) {
    for (let element = target; element; element = element.parentElement) {
      if (element.hasAttribute("hidden") && element.id) {
        const toggle = document.querySelector(`[aria-controls="${CSS.escape(element.id)}"]`);
        if (toggle?.getAttribute("aria-expanded") === "false") toggle.click();
      }
    }
  }

  /* On a small screen the side panel covers the form. */
  function uncoverForm(link) {
    const side = link.closest("[data-form-side]");
    if (side && side.offsetWidth > window.innerWidth * 0.7) {
      document.querySelector("[data-form-side-close-button]")?.click();
    }
  }

  function bringIntoView(element, looks = LOOKS, before = null) {
    const { top } = element.getBoundingClientRect();
    if (top === before || looks === 0) return;
    element.scrollIntoView({ block: "center", behavior: "instant" });
    const now = element.getBoundingClientRect().top;
    setTimeout(() => bringIntoView(element, looks - 1, now), PAUSE);
  }

  function jumpTo(target) {
    openTab(target);
    openClosedPanels(target);
    document.querySelectorAll(`.${ARRIVED}`).forEach((each) => each.classList.remove(ARRIVED));
    target.classList.add(ARRIVED);
    const field = target.matches("input, textarea")
      ? target
      : target.querySelector('[data-contentpath="alt"] :is(input, textarea)');
    setTimeout(() => {
      (field || target).focus({ preventScroll: true });
      bringIntoView(field || target);
    }, PAUSE);
  }

  /* A block has that name in our own streams, and its place in any. */
  function named(hash) {
    const [, column, block] = /^#block-(\w+)-(.+)-section$/.exec(hash) ?? [];
    const path = (name) => `[data-contentpath="${CSS.escape(name)}"]`;
    return (
      document.getElementById(hash.slice(1)) ??
      (block ? document.querySelector(`${path(column)} ${path(block)}`) : null)
    );
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-diptych-jump]");
    const target = link && named(link.hash);
    if (!target) return;
    event.preventDefault();
    uncoverForm(link);
    jumpTo(target);
  });

  /* The report leads here from elsewhere; other addresses within the form are Wagtail's. */
  window.addEventListener("load", () => {
    const { hash } = window.location;
    const target = /^#(block-|id_hero_)/.test(hash) && named(hash);
    if (target) setTimeout(() => jumpTo(target), PAUSE);
  });
})();
