/* What is near an article while it is being written. Where the box can be seen, the form is sent
   as it is once it has stopped changing, and what comes back is shown. One click adds an article
   to the rows of the form. */
(() => {
  const PAUSE = 700;
  const FIELDS = { picks: "suggestion", exclusions: "excluded" };
  /* Wagtail's own, which change without anything being written. */
  const APART = ["loaded_revision_id", "loaded_revision_created_at", "next"];

  class RelatedController extends window.StimulusModule.Controller {
    static values = { failed: String, stored: String, url: String };

    connect() {
      this.form = this.element.closest("form");
      this.watching = setInterval(() => this.watch(), PAUSE);
    }

    disconnect() {
      clearInterval(this.watching);
      this.running?.abort();
    }

    /* A new article is saved of itself while it is written, and has a number from then on. */
    saved({ target, detail }) {
      if (target !== this.form || !this.storedValue || !detail.data.pk) return;
      this.urlValue = this.storedValue.replace("/0/", `/${detail.data.pk}/`);
    }

    /* Rich text, choosers and rows change the form each in their way, some without an event. */
    watch() {
      if (document.hidden || !this.element.offsetParent) return;
      const data = this.formData();
      const written = new URLSearchParams(data).toString();
      const isSettled = this.seen === undefined || this.seen === written;
      this.seen = written;
      if (isSettled && this.sent !== written) this.look(data, written);
    }

    formData() {
      const data = new FormData(this.form);
      APART.forEach((name) => data.delete(name));
      [...data].forEach(([name, value]) => value instanceof File && data.delete(name));
      return data;
    }

    async look(data, written) {
      this.running?.abort();
      this.running = new AbortController();
      this.sent = written;
      this.element.setAttribute("aria-busy", "true");
      try {
        const answer = await fetch(this.urlValue, {
          method: "POST",
          body: data,
          headers: { "X-Requested-With": "XMLHttpRequest" },
          signal: this.running.signal,
        });
        if (!answer.ok) throw new Error(answer.statusText);
        this.show(await answer.text());
        this.element.setAttribute("aria-busy", "false");
      } catch (error) {
        if (error.name === "AbortError") return;
        this.element.setAttribute("aria-busy", "false");
        this.say(this.failedValue);
      }
    }

    /* What was unfolded is so again; whoever stands on a button finds themselves there, or where
       it was. */
    show(html) {
      const focused = document.activeElement;
      const isInside = this.element.contains(focused);
      const fold = focused?.closest("details")?.dataset.fold;
      const title = focused?.getAttribute("aria-label");
      const unfolded = [...this.element.querySelectorAll("details[open]")].map(foldOf);
      this.element.innerHTML = html;
      const folds = [...this.element.querySelectorAll("details")];
      folds.forEach((each) => {
        each.open = unfolded.includes(foldOf(each));
      });
      if (!isInside) return;
      const same = folds.find((each) => foldOf(each) === fold);
      const buttons = same ? [...same.querySelectorAll("button")] : [];
      const button = title && buttons.find((each) => each.getAttribute("aria-label") === title);
      const summary = same?.querySelector("summary");
      (button || summary || this.element).focus({ preventScroll: true });
    }

    say(words) {
      const line = document.createElement("p");
      line.className = "help-block help-warning";
      line.setAttribute("role", "status");
      line.textContent = words;
      this.element.replaceChildren(line);
    }

    choose({ currentTarget: button, params: { prefix, isFirst } }) {
      const { id, title, edit } = button.parentElement.dataset;
      const chosen = { id: Number(id), title, adminTitle: title, editUrl: edit };
      const row = window.diptych.addRow(prefix, FIELDS[prefix], chosen);
      if (isFirst) moveUp(row);
      // The new row has taken the focus, away from what else there is to choose.
      button.focus();
      button.scrollIntoView({ block: "center" });
      this.seen = undefined;
      this.watch();
    }
  }

  const foldOf = (details) => details.dataset.fold;

  function moveUp(row) {
    const before = row.parentElement.querySelectorAll(":scope > :not(.deleted)").length - 1;
    const button = row.querySelector("[data-inline-panel-child-move-up]");
    for (let place = 0; place < before; place += 1) button.click();
  }

  window.wagtail.app.register("diptych-related", RelatedController);
})();
