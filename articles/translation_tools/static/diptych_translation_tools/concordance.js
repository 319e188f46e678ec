/*
 * The concordance under the passage in which somebody writes.
 *
 * Alt+K searches for what is selected in either column. A section is made once for each passage and
 * keeps what was found. What is typed into its field is none of the business of the form around it.
 * Buttons that insert a translation are those of the glossary, whose script answers them.
 */

/* Terms of the glossary and sentences of the concordance have nine keys together. */
const KEYS = 9;

const panelOf = (row) => row?.querySelector(":scope > .diptych-place[data-place]");
const rowOf = (element) => element?.closest?.(".diptych-row");
const sectionOf = (element) => element?.closest?.(".diptych-concordance");

/* What is selected in a field, which is no selection of the document in every browser. */
function selectedIn(field) {
  if (field?.matches?.("textarea, input")) return field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0).trim();
  return "";
}

class ConcordanceController extends window.StimulusModule.Controller {
  static targets = ["status", "template"];

  static values = { url: String, sourceLanguage: String, language: String, failed: String };

  initialize() {
    this.sections = new Map();
    this.selected = {};
    this.asked = 0;
  }

  /* Events of the document */

  enter({ target }) {
    const row = rowOf(target);
    if (panelOf(row)) this.section(row);
  }

  /* Panels are rendered anew after automatic saves. */
  restore() {
    document.querySelectorAll(".diptych-row > .diptych-place[data-place]").forEach((panel) => {
      const section = this.sections.get(panel.dataset.place);
      if (section && !panel.contains(section)) panel.append(section);
    });
  }

  press(event) {
    const { altKey, ctrlKey, metaKey, shiftKey, code, key, target } = event;
    const section = sectionOf(target);
    const isPlain = !altKey && !ctrlKey && !metaKey;
    if (code === "KeyK" && altKey && !ctrlKey && !metaKey && !shiftKey) {
      this.remember(); // browsers tell of a selection a moment later
      const row = rowOf(target) ?? this.selected.row;
      if (!row?.isConnected || !panelOf(row)) return;
      event.preventDefault();
      if (!event.repeat) this.open(row, target);
    } else if (section && key === "Enter" && isPlain && target.matches("input, select")) {
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) this.search(section);
    } else if (section && key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.close(section);
    }
  }

  contain(event) {
    if (sectionOf(event.target)) event.stopPropagation();
  }

  click({ target }) {
    const section = sectionOf(target);
    if (!section) return;
    if (target.closest("[data-concordance-search]")) this.search(section);
    else if (!target.closest("[data-concordance-open]")) return;
    else if (this.body(section).hidden) this.open(rowOf(section));
    else this.close(section);
  }

  /* What is selected in either column, until something else is. */
  remember() {
    const selection = document.getSelection();
    const node = selection.anchorNode?.parentElement;
    const text = selection.toString().trim();
    const row = rowOf(node);
    if (!text || !panelOf(row) || sectionOf(node)) return;
    this.selected = { row, text, language: this.languageAt(row, node) };
  }

  /* The section */

  languageAt(row, element) {
    return panelOf(row).contains(element) ? this.sourceLanguageValue : this.languageValue;
  }

  section(row) {
    const panel = panelOf(row);
    const { place } = panel.dataset;
    if (!this.sections.has(place)) {
      this.sections.set(place, this.templateTarget.content.firstElementChild.cloneNode(true));
    }
    const section = this.sections.get(place);
    if (!panel.contains(section)) panel.append(section);
    return section;
  }

  body(section) {
    return section.querySelector(".diptych-concordance__body");
  }

  query(section) {
    return section.querySelector("[data-concordance-query]");
  }

  /* Searches at once for what is selected; else leads to the field, in which the last words stand. */
  open(row, field = document.activeElement) {
    const section = this.section(row);
    const typed = sectionOf(field) ? "" : selectedIn(field);
    const kept = this.selected.row === row ? this.selected : {};
    const text = typed || kept.text;
    const isFresh = text && text !== section.dataset.searched;
    if (!sectionOf(field)) this.left = field;
    this.body(section).hidden = false;
    section.querySelector("[data-concordance-open]").setAttribute("aria-expanded", "true");
    if (isFresh) {
      section.dataset.searched = text;
      this.query(section).value = text.replace(/\s+/g, " ");
      section.querySelector("[data-concordance-language]").value = typed ? this.languageValue : kept.language;
      this.search(section);
    } else {
      this.query(section).focus();
    }
  }

  close(section) {
    const row = rowOf(section);
    this.body(section).hidden = true;
    delete section.dataset.searched;
    section.querySelector("[data-concordance-open]").setAttribute("aria-expanded", "false");
    if (section.contains(document.activeElement)) {
      const isHere = this.left?.isConnected && row.contains(this.left);
      (isHere ? this.left : section.querySelector("[data-concordance-open]")).focus();
    }
  }

  async search(section) {
    const language = section.querySelector("[data-concordance-language]").value;
    const isSource = language === this.sourceLanguageValue;
    const mayWrite = document.getElementById("diptych-sources")?.dataset.mayWrite === "true";
    const text = this.query(section).value;
    if (!text.trim()) return;
    this.asked += 1;
    const asked = this.asked;
    const answer = await this.post({
      q: text,
      language,
      other: isSource ? this.languageValue : this.sourceLanguageValue,
      target: isSource && mayWrite ? this.languageValue : "",
    });
    if (asked !== this.asked) return;
    const results = section.querySelector("[data-concordance-results]");
    if (!answer?.ok || answer.redirected) {
      results.textContent = this.failedValue;
      this.statusTarget.textContent = this.failedValue;
      return;
    }
    results.innerHTML = await answer.text();
    results.scrollTop = 0;
    this.number(section);
    const translation = results.querySelector("li > p + p")?.textContent ?? "";
    this.statusTarget.textContent = `${results.firstElementChild.dataset.summary} ${translation}`.trim();
  }

  /* Keys of sentences follow those of the terms above. */
  number(section) {
    const terms = rowOf(section).querySelectorAll(".diptych-terms [data-term-insert]").length;
    [...section.querySelectorAll("[data-term-insert]")].slice(0, Math.max(KEYS - terms, 0)).forEach((button, place) => {
      const number = terms + place + 1;
      const key = document.createElement("kbd");
      key.textContent = number;
      key.setAttribute("aria-hidden", "true");
      button.prepend(key, " ");
      button.setAttribute("aria-keyshortcuts", `Control+${number} Alt+${number}`);
    });
  }

  post(values) {
    const body = new FormData();
    Object.entries(values).forEach(([name, value]) => body.set(name, value));
    const headers = { "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value };
    return fetch(this.urlValue, { method: "POST", body, headers }).catch(() => null);
  }
}

window.wagtail.app.register("diptych-concordance", ConcordanceController);
