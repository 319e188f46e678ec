/*
 * Publishing in the editor: the button that comes first, and the side panel.
 *
 * First at the foot stands the next action in the language of the open tab: the server names the
 * buttons of each language that is ready. Where none of them is there, the draft is saved first.
 * The dates in the side panel are sent once the draft is saved, and the answer takes their place.
 *
 * Uses window.StimulusModule, the event w-tabs:selected, the event "open" of a side panel, the
 * markup of the buttons at the foot and of panels, and data-w-unsaved-has-edits-value; read in
 * Wagtail 8.0.1.
 */
(() => {
  const FORM = "[data-edit-form]";
  const LANGUAGE = ".diptych-publishing__language";
  const PATIENCE = 10_000;
  /* Wagtail notices edits half a second later. */
  const NOTICED = 700;
  const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

  /* The buttons */

  let order = [];

  function putFirst(wanted) {
    const foot = document.querySelector(`${FORM} .footer .w-dropdown-button`);
    const menu = foot?.querySelector("[data-w-dropdown-target='content']");
    if (!menu) return;
    const first = foot.firstElementChild;
    if (!order.includes(first)) order = [first, ...menu.children];
    const isWanted = (each) =>
      wanted.some((name) => each.getAttribute("name") === name || each.getAttribute("href") === name);
    const chosen = order.find(isWanted) ?? order[0];
    if (chosen === first) return;
    const following = order
      .slice(order.indexOf(first) + 1)
      .find((each) => each !== chosen && each.parentElement === menu);
    menu.insertBefore(first, following ?? null);
    foot.prepend(chosen);
  }

  const openTab = () =>
    document.querySelector(`${FORM} [role='tab'][aria-selected='true']`)?.getAttribute("aria-controls");

  class PublishingController extends window.StimulusModule.Controller {
    static targets = ["language"];
    static values = { whole: String };

    connect() {
      this.arrange();
    }

    /* In a tab of all languages there is no single one. */
    arrange(event) {
      const tab = event?.detail?.current ?? openTab();
      const all = this.languageTargets;
      const current = tab ? all.find((each) => each.dataset.tab === tab) : all[0];
      all.forEach((each) => {
        each.hidden = each !== current || !each.textContent.trim();
      });
      document.querySelectorAll(LANGUAGE).forEach((each) => {
        each.hidden = Boolean(current) && each.dataset.tab !== current.dataset.tab;
      });
      const wanted = current ? current.dataset.buttons.split(" ") : [this.wholeValue];
      putFirst(wanted.filter(Boolean));
    }

    open() {
      openPanel();
    }
  }

  window.wagtail.app.register("diptych-publishing", PublishingController);

  function openPanel() {
    const panel = document.querySelector("[data-side-panel='publishing']");
    panel?.dispatchEvent(new Event("open"));
    return Boolean(panel);
  }

  /* A link to the screen of the dates, which opens the panel where there is one. */
  class PublishingLinkController extends window.StimulusModule.Controller {
    open(event) {
      if (!event.defaultPrevented && openPanel()) event.preventDefault();
    }
  }

  window.wagtail.app.register("diptych-publishing-link", PublishingLinkController);

  /* The dates */

  async function isSaved() {
    const form = document.querySelector(FORM);
    if (!form) return true;
    const hasEdits = () => form.dataset.wUnsavedHasEditsValue === "true";
    const saves = form.matches("[data-controller~='w-autosave']");
    await pause(NOTICED);
    for (const end = Date.now() + PATIENCE; saves && hasEdits() && Date.now() < end; ) await pause(200);
    return !hasEdits();
  }

  /* Where a question has to be asked first, or somebody has to sign in, on a page of its own. */
  function leave(form, button) {
    const standIn = document.createElement("input");
    Object.assign(standIn, { type: "hidden", name: button?.name ?? "", value: button?.value ?? "" });
    if (standIn.name) form.append(standIn);
    HTMLFormElement.prototype.submit.call(form);
  }

  function replace(html) {
    const { children } = document.createRange().createContextualFragment(html);
    [...children].forEach((fresh) => {
      document.getElementById(fresh.id)?.replaceWith(fresh);
    });
  }

  async function send(form, button) {
    const data = new FormData(form, button);
    const section = form.closest("section");
    const buttons = [...form.querySelectorAll("button:enabled")];
    buttons.forEach((each) => {
      each.disabled = true;
    });
    const isReady = await isSaved();
    section.querySelector("[data-unsaved]").hidden = isReady;
    const answer = isReady && (await fetch(form.action, {
      method: "POST",
      body: data,
      headers: { "X-Requested-With": "XMLHttpRequest" },
      redirect: "manual",
    }).catch(() => null));
    buttons.forEach((each) => {
      each.disabled = false;
    });
    if (!isReady) return;
    if (answer?.ok) replace(await answer.text());
    else leave(form, button);
  }

  class ScheduleController extends window.StimulusModule.Controller {
    send(event) {
      event.preventDefault();
      send(this.element, event.submitter);
    }
  }

  window.wagtail.app.register("diptych-schedule", ScheduleController);
})();
