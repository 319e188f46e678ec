/* What is near an article while it is being written. Where the box can be seen, the form is sent
   as it is once it has stopped changing, and what comes back is shown. One click adds an article
   to the rows of the form. */
(function () {
  const PAUSE = 700;
  const FIELDS = { picks: "suggestion", exclusions: "excluded" };
  /* Wagtail's own, which change without anything being written. */
  const APART = ["loaded_revision_id", "loaded_revision_created_at", "next"];

  class Suggestions {
    constructor(box) {
      this.box = box;
      this.form = box.closest("form");
      this.url = box.dataset.diptychRelated;
      box.addEventListener("click", (event) => this.choose(event));
      // A new article is saved of itself while it is written, and has a number from then on.
      this.form.addEventListener("w-autosave:success", ({ detail }) => {
        const { stored } = box.dataset;
        if (stored && detail.data.pk) this.url = stored.replace("/0/", `/${detail.data.pk}/`);
      });
      setInterval(() => this.watch(), PAUSE);
    }

    /* Rich text, choosers and rows change the form each in their way, some without an event. */
    watch() {
      if (document.hidden || !this.box.offsetParent) return;
      const data = this.data();
      const written = new URLSearchParams(data).toString();
      const isSettled = this.seen === undefined || this.seen === written;
      this.seen = written;
      if (isSettled && this.sent !== written) this.look(data, written);
    }

    data() {
      const data = new FormData(this.form);
      APART.forEach((name) => data.delete(name));
      [...data].forEach(([name, value]) => value instanceof File && data.delete(name));
      return data;
    }

    async look(data, written) {
      this.running?.abort();
      this.running = new AbortController();
      this.sent = written;
      this.box.setAttribute("aria-busy", "true");
      try {
        const answer = await fetch(this.url, {
          method: "POST",
          body: data,
          headers: { "X-Requested-With": "XMLHttpRequest" },
          signal: this.running.signal,
        });
        if (!answer.ok) throw new Error(answer.statusText);
        this.show(await answer.text());
        this.box.setAttribute("aria-busy", "false");
      } catch (error) {
        if (error.name === "AbortError") return;
        this.box.setAttribute("aria-busy", "false");
        this.say(this.box.dataset.failed);
      }
    }

    /* What was unfolded is so again; whoever stands on a button finds themselves there, or where
       it was. */
    show(html) {
      const focused = document.activeElement;
      const isInside = this.box.contains(focused);
      const fold = focused?.closest("details")?.dataset.fold;
      const title = focused?.getAttribute("aria-label");
      const unfolded = [...this.box.querySelectorAll("details[open]")].map(foldOf);
      this.box.innerHTML = html;
      const folds = [...this.box.querySelectorAll("details")];
      folds.forEach((each) => {
        each.open = unfolded.includes(foldOf(each));
      });
      if (!isInside) return;
      const same = folds.find((each) => foldOf(each) === fold);
      const buttons = same ? [...same.querySelectorAll("button")] : [];
      const button = title && buttons.find((each) => each.getAttribute("aria-label") === title);
      const summary = same?.querySelector("summary");
      (button || summary || this.box).focus({ preventScroll: true });
    }

    say(words) {
      const line = document.createElement("p");
      line.className = "help-block help-warning";
      line.setAttribute("role", "status");
      line.textContent = words;
      this.box.replaceChildren(line);
    }

    choose(event) {
      const button = event.target.closest("[data-choose]");
      if (!button) return;
      const { id, title, edit } = button.parentElement.dataset;
      const prefix = button.dataset.choose;
      const chosen = { id: Number(id), title, adminTitle: title, editUrl: edit };
      const row = window.diptych.addRow(prefix, FIELDS[prefix], chosen);
      if ("first" in button.dataset) moveUp(row);
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

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-diptych-related]").forEach((box) => {
      if (box.dataset.diptychRelated) new Suggestions(box);
    });
  });
}());
