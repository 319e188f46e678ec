/* What is near an article while it is being written. The form is sent as it is, a moment after
   the last change; what comes back is shown. One click adds an article to the rows of the form. */
(function () {
  const PAUSE = 1500;
  const FIELDS = { picks: "suggestion", exclusions: "excluded" };

  class Suggestions {
    constructor(box) {
      this.box = box;
      this.form = box.closest("form");
      this.url = box.dataset.diptychRelated;
      this.timer = null;
      this.running = null;
      const later = () => this.later();
      ["input", "change", "w-formset:added", "w-formset:removed"].forEach((name) =>
        this.form.addEventListener(name, later));
      box.addEventListener("click", (event) => this.choose(event));
      this.look();
    }

    later() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.look(), PAUSE);
    }

    async look() {
      this.running?.abort();
      this.running = new AbortController();
      this.box.setAttribute("aria-busy", "true");
      const data = new FormData(this.form);
      [...data].forEach(([name, value]) => value instanceof File && data.delete(name));
      try {
        const answer = await fetch(this.url, {
          method: "POST",
          body: data,
          headers: { "X-Requested-With": "XMLHttpRequest" },
          signal: this.running.signal,
        });
        if (!answer.ok) throw new Error(answer.statusText);
        this.box.innerHTML = await answer.text();
        this.box.setAttribute("aria-busy", "false");
      } catch (error) {
        if (error.name === "AbortError") return;
        this.box.setAttribute("aria-busy", "false");
        this.say(this.box.dataset.failed);
      }
    }

    say(words) {
      const line = document.createElement("p");
      line.className = "help-block help-warning";
      line.textContent = words;
      this.box.replaceChildren(line);
    }

    choose(event) {
      const button = event.target.closest("[data-choose]");
      if (!button) return;
      const { id, title, edit } = button.parentElement.dataset;
      const prefix = button.dataset.choose;
      const row = addRow(prefix, { id: Number(id), title, adminTitle: title, editUrl: edit });
      if ("first" in button.dataset) moveUp(row);
      this.later();
    }
  }

  /* The rows are Wagtail's: its hidden button adds one, its chooser is told what was chosen. */
  function addRow(prefix, page) {
    const total = document.getElementById(`id_${prefix}-TOTAL_FORMS`);
    document.getElementById(`id_${prefix}-ADD`).click();
    const number = Number(total.value) - 1;
    const definition = document.getElementById(`id_${prefix}-CHOOSER_WIDGET`).textContent;
    const factory = window.telepath.unpack(JSON.parse(definition));
    factory.getById(`id_${prefix}-${number}-${FIELDS[prefix]}`).setStateFromModalData(page);
    return document.getElementById(`inline_child_${prefix}-${number}`);
  }

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
