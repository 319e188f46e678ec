/*
 * Authors and topics of an article by typing a name: a combobox as WAI-ARIA describes it, which adds
 * rows to Wagtail's panel. The server lists names and creates pages (articles/admin/autocomplete.py).
 */
(() => {
  const { make, icon } = window.diptych;
  const PAUSE = 150;
  const PATIENCE = 10_000;

  const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_all, name) => values[name]);

  class AutocompleteController extends window.StimulusModule.Controller {
    static targets = ["rows", "box", "field", "input", "list", "status", "note"];
    static values = { prefix: String };

    initialize() {
      const options = document.getElementById(`id_${this.prefixValue}-AUTOCOMPLETE`);
      this.options = JSON.parse(options.textContent);
      this.pages = new Map();
      this.offered = [];
      this.active = -1;
    }

    connect() {
      this.boxTarget.classList.add("diptych-autocomplete--ready");
      this.rowsTarget.classList.add("diptych-choices");
      this.fieldTarget.hidden = false;
      this.watching = new IntersectionObserver((seen) => {
        if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
        this.watching.disconnect();
        this.showPortraits();
      });
      this.watching.observe(this.rowsTarget);
    }

    disconnect() {
      this.watching.disconnect();
      clearTimeout(this.waiting);
      this.running?.abort();
    }

    get input() {
      return this.inputTarget;
    }

    get list() {
      return this.listTarget;
    }

    get status() {
      return this.statusTarget;
    }

    get note() {
      return this.noteTarget;
    }

    /* Events */

    open() {
      if (!this.isOpen) this.look(0);
    }

    keepFocus(event) {
      event.preventDefault();
    }

    chooseOption({ target }) {
      const option = target.closest("[role='option']");
      if (option) this.choose([...this.list.children].indexOf(option));
    }

    rowChanged({ target }) {
      if (target.name?.endsWith(`-${this.options.field}`)) this.showPortraits();
    }

    rowPressed({ target }) {
      const button = target.closest(".diptych-choice__controls button");
      if (button) this.arranged(button);
    }

    /* The list */

    get isOpen() {
      return !this.list.hidden;
    }

    get rows() {
      return [...this.rowsTarget.querySelectorAll(":scope > [data-inline-panel-child]:not(.deleted)")];
    }

    get chosen() {
      return this.rows.map((row) => this.inputOf(row).value).filter(Boolean);
    }

    inputOf(row) {
      return row.querySelector(`input[name$="-${this.options.field}"]`);
    }

    type() {
      this.look(PAUSE);
    }

    look(pause) {
      clearTimeout(this.waiting);
      this.running?.abort();
      this.isPicking = false;
      this.tell("");
      this.isLooking = true;
      this.waiting = setTimeout(() => this.ask(), pause);
    }

    async ask() {
      const text = this.input.value.trim();
      const running = new AbortController();
      this.running = running;
      try {
        const answer = await this.fetch({ q: text, not: this.chosen }, running.signal);
        if (running.signal.aborted) return;
        this.isLooking = false;
        this.show(answer, text);
      } catch (error) {
        if (error.name === "AbortError") return;
        this.isLooking = false;
        this.close();
        this.tell(this.options.failed);
      }
    }

    async fetch(values, signal) {
      const query = new URLSearchParams({ near: this.options.near });
      Object.entries(values).forEach(([name, value]) => {
        [value].flat().forEach((each) => query.append(name, each));
      });
      const answer = await fetch(`${this.options.url}?${query}`, {
        headers: { Accept: "application/json" },
        signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)].filter(Boolean)),
      });
      if (!answer.ok) throw new Error(answer.statusText);
      const found = await answer.json();
      found.options.forEach((page) => this.pages.set(String(page.id), page));
      return found;
    }

    show({ options, can_create: canCreate, status }, text) {
      if (document.activeElement !== this.input) return;
      this.offered = [...options, ...(canCreate ? [{ isNew: true, name: text }] : [])];
      this.list.replaceChildren(...this.offered.map((page, place) => this.option(page, place)));
      this.list.hidden = !this.offered.length;
      this.input.setAttribute("aria-expanded", String(this.isOpen));
      if (text) this.status.textContent = options.length ? status : this.options.none;
      if (!this.offered.length && text) this.tell(this.options.none);
      this.activate(-1);
      this.list.scrollIntoView({ block: "nearest", behavior: "instant" });
      if (this.isPicking) this.pick();
      this.isPicking = false;
    }

    option(page, place) {
      const label = page.isNew ? fill(this.options.create, page) : page.title;
      const text = make("span", { className: "diptych-autocomplete__name", textContent: label });
      const element = make("li", { id: `${this.list.id}-${place}` }, this.sign(page), text);
      if (page.detail) {
        const className = "diptych-autocomplete__detail";
        text.append(" ", make("span", { className, textContent: page.detail }));
      }
      element.setAttribute("role", "option");
      return element;
    }

    sign(page) {
      const className = "diptych-autocomplete__sign";
      if (page.portrait) return make("img", { className, src: page.portrait, alt: "" });
      return make("span", { className }, icon(page.isNew ? "plus" : this.options.icon));
    }

    activate(place) {
      this.active = place;
      [...this.list.children].forEach((each, number) => {
        each.setAttribute("aria-selected", String(number === place));
      });
      const option = this.list.children[place];
      if (option) this.input.setAttribute("aria-activedescendant", option.id);
      else this.input.removeAttribute("aria-activedescendant");
      option?.scrollIntoView({ block: "nearest" });
    }

    close() {
      clearTimeout(this.waiting);
      this.running?.abort();
      this.isLooking = false;
      this.isPicking = false;
      this.list.hidden = true;
      this.input.setAttribute("aria-expanded", "false");
      this.activate(-1);
    }

    /* The keyboard */

    press(event) {
      if (event.isComposing) return;
      const steps = { ArrowDown: 1, ArrowUp: -1 };
      if (event.key in steps) {
        event.preventDefault();
        if (this.isOpen) this.step(steps[event.key]);
        else this.look(0);
      } else if (event.key === "Enter") {
        /* Never the button of the form. */
        event.preventDefault();
        if (this.isLooking) this.isPicking = true;
        else if (this.isOpen) this.pick();
      } else if (event.key === "Escape" && (this.isOpen || this.input.value)) {
        event.preventDefault();
        event.stopPropagation();
        if (!this.isOpen) this.input.value = "";
        this.close();
        this.tell("");
      }
    }

    step(by) {
      const count = this.offered.length;
      const from = this.active < 0 && by < 0 ? 0 : this.active;
      this.activate((from + by + count) % count);
    }

    leave() {
      this.close();
      if (this.note.querySelector("button")) return;
      const name = this.input.value.trim();
      if (name) this.tell(fill(this.options.unfinished, { name }));
    }

    /* Choosing */

    /* What the arrows have reached, else the only page there is. */
    pick() {
      const known = this.offered.filter(({ isNew }) => !isNew);
      if (this.active >= 0) this.choose(this.active);
      else if (this.input.value.trim() && known.length === 1) this.choose(0);
    }

    choose(place) {
      const page = this.offered[place];
      if (page?.isNew) this.askToCreate(page.name);
      else if (page) this.add(page);
    }

    /* A page is made by a button of its own, not by the key that chooses in the list. */
    askToCreate(name) {
      const { ask, cancel, create } = this.options;
      const button = (className, textContent, act) => {
        const made = make("button", { type: "button", className, textContent });
        made.addEventListener("click", act);
        return made;
      };
      this.close();
      const yes = button("button button-small", fill(create, { name }), () => {
        this.input.focus({ preventScroll: true });
        this.create(name);
      });
      const no = button("button button-small button-secondary", cancel, () => {
        this.tell("");
        this.input.focus({ preventScroll: true });
      });
      this.tell(ask);
      this.note.append(" ", yes, " ", no);
      no.focus({ preventScroll: true });
    }

    add(page, message = "") {
      const added = { ...page, id: Number(page.id) };
      window.diptych.addRow(this.prefixValue, this.options.field, added);
      this.input.value = "";
      this.input.focus({ preventScroll: true });
      /* The next name can be typed at once; an open list would cover what stands below. */
      this.close();
      this.status.textContent = fill(this.options.added, { name: page.title });
      this.tell(message, message && page.editUrl);
    }

    async create(name) {
      if (this.isCreating) return;
      this.isCreating = true;
      this.close();
      this.input.setAttribute("aria-busy", "true");
      const { url, near, source_language: language, failed } = this.options;
      try {
        const answer = await fetch(url, {
          method: "POST",
          headers: { [wagtailConfig.CSRF_HEADER_NAME]: wagtailConfig.CSRF_TOKEN },
          body: new URLSearchParams({ name, near, language }),
          signal: AbortSignal.timeout(PATIENCE),
        });
        if (answer.status === 400) {
          this.tell((await answer.json()).error);
        } else {
          if (!answer.ok) throw new Error(answer.statusText);
          const { option, message } = await answer.json();
          this.pages.set(String(option.id), option);
          this.add(option, message);
        }
      } catch {
        this.tell(failed);
      }
      this.isCreating = false;
      this.input.removeAttribute("aria-busy");
    }

    /* What is said below the input, with a link to a page that is to be completed. */
    tell(text, editUrl = "") {
      this.note.replaceChildren(text);
      if (!editUrl) return;
      const link = make("a", { href: editUrl, target: "_blank", rel: "noreferrer" });
      link.textContent = this.options.edit;
      this.note.append(" ", link);
    }

    /* The rows */

    arranged(button) {
      const row = button.closest("[data-inline-panel-child]");
      const name = row.querySelector("[data-chooser-title]")?.textContent.trim() ?? "";
      if (row.classList.contains("deleted")) {
        this.status.textContent = fill(this.options.removed, { name });
        this.input.focus({ preventScroll: true });
        return;
      }
      if (!button.matches("[data-inline-panel-child-move-up], [data-inline-panel-child-move-down]")) {
        return;
      }
      /* A row that is moved in the document loses the focus. */
      const others = [...row.querySelectorAll(".diptych-choice__controls button:not(:disabled)")];
      (button.disabled ? others[0] : button).focus({ preventScroll: true });
      const { rows } = this;
      const values = { name, place: rows.indexOf(row) + 1, count: rows.length };
      this.status.textContent = fill(this.options.moved, values);
    }

    /* The portrait of a row is that of the page it has chosen, be it by Wagtail's dialog. */
    async showPortraits() {
      const unknown = this.options.portraits
        ? this.chosen.filter((id) => !this.pages.has(id))
        : [];
      try {
        if (unknown.length) await this.fetch({ id: unknown });
      } catch {
        return;
      }
      this.rows.forEach((row) => {
        const page = this.pages.get(this.inputOf(row).value) ?? {};
        row.querySelector(".chooser__preview")?.replaceChildren(this.sign(page));
      });
    }
  }

  window.wagtail.app.register("diptych-autocomplete", AutocompleteController);
})();
