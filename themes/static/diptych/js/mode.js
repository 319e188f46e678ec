/* Light or dark, as the reader has chosen; without a choice, and without scripts, as the system is.
   It runs before the first paint, so that no page is shown in the other mode. */
(() => {
  const KEY = "diptych-mode";
  const MODES = ["light", "dark"];
  const root = document.documentElement;
  const forSystem = "(prefers-color-scheme: ";

  /* A preview in the editor shows one mode. */
  if (root.dataset.mode) {
    return;
  }

  const chosen = () => {
    try {
      const mode = localStorage.getItem(KEY);
      return MODES.includes(mode) ? mode : "";
    } catch {
      return "";
    }
  };

  const keep = (mode) => {
    try {
      if (mode) {
        localStorage.setItem(KEY, mode);
      } else {
        localStorage.removeItem(KEY);
      }
    } catch {
      /* The browser keeps nothing: the choice holds for this page. */
    }
  };

  /* What asks for the mode of the system: the colours around the page, and the logo. Paper has
     the mode of the system, whatever is chosen for the screen. */
  const follow = (mode) => {
    for (const each of document.querySelectorAll(`[media^="${forSystem}"], [data-media]`)) {
      each.dataset.media ??= each.media;
      const own = each.dataset.media === `${forSystem}${mode})`;
      each.media = mode ? (own ? "screen" : "not all") : each.dataset.media;
    }
  };

  const show = (mode) => {
    root.dataset.mode = mode;
    document
      .querySelector("meta[name=color-scheme]")
      ?.setAttribute("content", mode || "light dark");
    follow(mode);
    for (const each of document.querySelectorAll("[data-mode-choice] input")) {
      each.checked = each.value === mode;
    }
  };

  const mode = chosen();
  show(mode);
  const arrival = new MutationObserver(() => follow(mode));
  if (mode) {
    arrival.observe(root, { childList: true, subtree: true });
  }

  document.addEventListener("DOMContentLoaded", () => {
    arrival.disconnect();
    const choice = document.querySelector("[data-mode-choice]");
    if (choice) {
      show(mode);
      choice.hidden = false;
      choice.addEventListener("change", (event) => {
        keep(event.target.value);
        show(event.target.value);
      });
    }
  });

  /* Another page of the journal may have changed the choice. */
  addEventListener("storage", () => show(chosen()));
  addEventListener("pageshow", (event) => event.persisted && show(chosen()));
})();
