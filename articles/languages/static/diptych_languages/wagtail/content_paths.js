/*
 * Links to a field or a block of a form, as Wagtail's own have it: #:w:contentpath=body_fr.<id>.alt
 *
 * Wagtail opens the tab and scrolls when such an address is loaded. Here the panels around the field
 * are unfolded too, and the field gets the focus, also when the link is in the same page. Blocks in
 * between may be left out of a path; of one that leads nowhere, as much is followed as is there.
 *
 * Uses [data-contentpath], [data-streamfield-child], the markup of tabs, panels and side panels;
 * read in Wagtail 8.0.1.
 */
(() => {
  const FORM = "[data-edit-form]";
  const WRITTEN =
    "input:not([type='hidden']), textarea, select, [contenteditable='true'], .diptych-words-in-view";
  /* Blocks and texts take their places one by one: so many milliseconds lie between two looks. */
  const PAUSE = 200;
  const LOOKS = 25;
  /* After so many looks a missing element is not waited for. */
  const PATIENCE = 10;
  /* Events of a user who reads on or types: nothing is scrolled from then on. */
  const MOVES = ["wheel", "touchmove", "keydown"];
  const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

  function pathIn(hash) {
    const start = hash.indexOf(":w:");
    return start < 0 ? null : new URLSearchParams(hash.slice(start + 3)).get("contentpath");
  }

  const named = (name) => `[data-contentpath="${CSS.escape(name)}"]`;

  /* Parts of blocks may have the name of a field; rows below a page stand in a panel. */
  function fieldNamed(name) {
    const found = [...document.querySelectorAll(`${FORM} ${named(name)}`)];
    return (
      found.find((each) => !each.parentElement.closest("[data-contentpath]")) ??
      document.getElementById(`id_${name}-FORMS`)?.closest("[data-panel]")
    );
  }

  /* Side by side, the source of each unit stands beside its translation, under its key. */
  const besideSource = (path) =>
    document.querySelector(`${FORM} .diptych-place[data-place="${CSS.escape(path)}"]`)?.parentElement;

  function find(path, isWhole) {
    const beside = besideSource(path);
    if (beside) return beside;
    const [first, ...inside] = path.split(".");
    const field = fieldNamed(first);
    if (!field || !inside.length) return field;
    for (let names = inside; names.length; names = names.slice(0, -1)) {
      const found = field.querySelector(names.map(named).join(" "));
      if (found || isWhole) return found;
    }
    return field;
  }

  /* The content of a block or of the rows of a panel, without its header. */
  const contentOf = (element) =>
    (element.matches("[data-streamfield-child], [data-panel]") &&
      element.querySelector(".w-panel__content")) ||
    element;

  /* The source beside an open place has buttons of its own. */
  function inputIn(content) {
    const isUsable = (each) =>
      each.checkVisibility({ visibilityProperty: true }) &&
      !each.disabled &&
      !each.closest(".diptych-place");
    return [WRITTEN, "button, a[href]"]
      .map((kind) => [content, ...content.querySelectorAll("*")].find((each) => each.matches(kind) && isUsable(each)))
      .find(Boolean);
  }

  function uncover(content) {
    const pane = content.closest("[role='tabpanel']");
    if (pane?.hidden) document.querySelector(`[role='tab'][aria-controls='${pane.id}']`)?.click();
    for (let each = content; each; each = each.parentElement) {
      if (each.matches("details")) each.open = true;
      if (!each.id || !each.hasAttribute("hidden")) continue;
      document
        .querySelector(`[aria-controls="${CSS.escape(each.id)}"][aria-expanded="false"]`)
        ?.click();
    }
  }

  /* On a small screen the side panel covers the form. */
  function closeSidePanel() {
    const side = document.querySelector("[data-form-side]");
    if (side && side.offsetWidth > window.innerWidth * 0.7) {
      document.querySelector("[data-form-side-close-button]")?.click();
    }
  }

  async function goTo(path) {
    const moving = new AbortController();
    const options = { capture: true, passive: true, signal: moving.signal };
    MOVES.forEach((name) => window.addEventListener(name, () => moving.abort(), options));
    closeSidePanel();
    await moveTo(path, moving.signal);
    moving.abort();
  }

  async function moveTo(path, signal) {
    let arrived = null;
    let top = null;
    /* The blocks of a tab are built when it is opened. */
    const field = fieldNamed(path.split(".")[0]);
    if (field?.closest("[role='tabpanel']")?.hidden) uncover(contentOf(field));
    for (let look = 0; look < LOOKS; look += 1, await pause(PAUSE)) {
      if (signal.aborted) return;
      const found = find(path, look < PATIENCE);
      if (!found) continue;
      const content = contentOf(found);
      uncover(content);
      const input = inputIn(content);
      if (input && arrived !== found) {
        arrived = found;
        input.focus({ preventScroll: true });
      }
      const target = content.contains(document.activeElement) ? document.activeElement : content;
      if (arrived === found && target.getBoundingClientRect().top === top) return;
      target.scrollIntoView({ block: "center", behavior: "instant" });
      ({ top } = target.getBoundingClientRect());
    }
  }

  class ContentPathsController extends window.StimulusModule.Controller {
    /* With data-diptych-jump a link leads to another page only if this one lacks the field. */
    follow(event) {
      const link = event.target.closest?.("a[href*=':w:contentpath=']");
      if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey) return;
      const path = pathIn(link.hash);
      const isHere = link.pathname === window.location.pathname;
      if (!path || !(isHere || link.matches("[data-diptych-jump]")) || !find(path)) return;
      event.preventDefault();
      goTo(path);
    }

    arrive() {
      const path = pathIn(window.location.hash);
      if (path) goTo(path);
    }
  }

  window.wagtail.app.register("diptych-content-paths", ContentPathsController);
})();
