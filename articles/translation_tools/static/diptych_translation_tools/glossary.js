/*
 * The strip of glossary terms under the passage in which somebody writes.
 *
 * The server finds the terms in the texts of the row. They are underlined by the browser's own
 * highlights, without a change of the markup. A strip stays where it is once it is shown: a click
 * on a field below never meets another one.
 */

const EDITABLE = '[contenteditable="true"], textarea, input[type="text"], input:not([type])';
const TEXTS = `${EDITABLE}, .diptych-words-in-view`;
const BLOCKS = "[data-block], p, li, td, th, dd, dt, h1, h2, h3, h4, h5, h6, blockquote, figcaption, div";
/* How long nobody types before the hints are looked at again, in milliseconds. */
const PAUSE = 600;
/* How long it may take until Wagtail knows of what was typed, rich text included. */
const NOTICED = 1500;

const panelOf = (row) => row.querySelector(":scope > .diptych-place[data-place]");
const rowOf = (element) => element?.closest?.(".diptych-row");

/* The text of an element in lines, and where each of its text nodes begins in it. */
function read(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes = [];
  let text = "";
  let last = null;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const block = node.parentElement.closest(BLOCKS);
    if (nodes.length && (block !== last || node.previousSibling?.nodeName === "BR")) text += "\n";
    last = block;
    nodes.push({ node, start: text.length });
    text += node.data;
  }
  return { text, nodes };
}

function sourceOf(panel) {
  let text = "";
  const nodes = [];
  panel.querySelectorAll(".diptych-place__source").forEach((element) => {
    const found = read(element);
    nodes.push(...found.nodes.map(({ node, start }) => ({ node, start: start + text.length })));
    text += `${found.text}\n`;
  });
  return { text, nodes };
}

function targetOf(row, panel) {
  const fields = [...row.querySelectorAll(TEXTS)].filter((each) => !panel.contains(each));
  return fields.flatMap((each) => [each.value ?? read(each).text, ...notesIn(each)]).join("\n");
}

/* The input of a rich text that is shown in a field. */
function inputOf(field) {
  const shown = field.closest("[data-draftail-editor-wrapper], .diptych-words-in-view");
  return shown?.parentElement.querySelector("input");
}

/* The words of its notes, of which the field shows the signs alone. */
function notesIn(field) {
  const entities = Object.values(JSON.parse(inputOf(field)?.value || "null")?.entityMap ?? {});
  const notes = entities.map(({ data }) => data?.note).filter(Boolean);
  return notes.map((note) => new DOMParser().parseFromString(note, "text/html").body.textContent);
}

function rangesOf(nodes, spans) {
  const at = (offset) => nodes.findLast(({ start }) => start <= offset);
  return spans.map(([start, end]) => {
    const range = new Range();
    const [first, last] = [at(start), at(end - 1)];
    range.setStart(first.node, start - first.start);
    range.setEnd(last.node, end - last.start);
    return range;
  });
}

function insertInto(field, text) {
  const input = inputOf(field);
  if (input?.draftailEditor) {
    const { EditorState, Modifier } = window.DraftJS;
    const state = input.draftailEditor.getEditorState();
    const [content, place, style] = [state.getCurrentContent(), state.getSelection(), state.getCurrentInlineStyle()];
    const changed = EditorState.push(state, Modifier.replaceText(content, place, text, style), "insert-characters");
    input.draftailEditor.onChange(EditorState.forceSelection(changed, changed.getSelection()));
    return;
  }
  field.focus();
  /* A cell of a table that is selected is not written in yet. */
  field.dispatchEvent(new CustomEvent("diptych:write", { bubbles: true }));
  /* Unlike setRangeText(), it can be undone. */
  document.execCommand("insertText", false, text);
}

class GlossaryController extends window.StimulusModule.Controller {
  static targets = ["status"];

  static values = { termsUrl: String, muteUrl: String, sourceLanguage: String };

  initialize() {
    this.strips = new Map();
    this.selected = {};
    this.row = null;
    this.field = null;
    this.typedAt = 0;
    this.asked = 0;
  }

  disconnect() {
    clearTimeout(this.pause);
    window.CSS.highlights?.delete("diptych-terms");
  }

  /* Events of the document */

  enter({ target }) {
    const row = rowOf(target);
    if (!row || !panelOf(row)) return;
    if (target.matches(EDITABLE) && !panelOf(row).contains(target)) this.field = target;
    if (row === this.row) return;
    this.row = row;
    this.show();
  }

  typed({ target }) {
    if (!this.row?.contains(target) || !target.matches?.(EDITABLE)) return;
    this.typedAt = Date.now();
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.show(), PAUSE);
  }

  refresh() {
    if (!document.hidden && this.row?.isConnected) this.show();
  }

  /* Panels are rendered anew after automatic saves. */
  restore() {
    document.querySelectorAll(".diptych-row > .diptych-place[data-place]").forEach((panel) => {
      const strip = this.strips.get(panel.dataset.place);
      if (strip && !panel.contains(strip)) panel.append(strip);
    });
    if (this.row?.isConnected) this.underline();
  }

  press(event) {
    const { ctrlKey, metaKey, altKey, shiftKey, code, key } = event;
    const row = rowOf(event.target);
    if (!row || shiftKey) return;
    /* Alt with the digits of the number pad writes letters. */
    const [, digit] = code.match(/^Digit([1-9])$/) ?? [];
    if (digit && ctrlKey !== altKey && !metaKey) {
      const button = row.querySelector(`[data-term-insert][aria-keyshortcuts~="Control+${digit}"]`);
      if (!button) return;
      event.preventDefault();
      if (!event.repeat) this.insert(button);
    } else if (key === "Enter" && (ctrlKey || metaKey) && !altKey) {
      event.preventDefault();
      event.stopPropagation();
      if (event.repeat) return;
      row.querySelector("[data-confirms]:enabled")?.click();
      document.querySelector('[data-diptych-side-by-side-actions-target~="next"]:not([hidden])')?.click();
    } else if (altKey && !ctrlKey && !metaKey && code.startsWith("Key")) {
      const link = panelOf(row)?.querySelector(`a[aria-keyshortcuts="Alt+${code.slice(3)}"]`);
      if (!link) return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) this.follow(link);
    } else if (key === "Escape" && panelOf(row)?.contains(event.target)) {
      this.fieldOf(row)?.focus();
    }
  }

  click({ target }) {
    const button = target.closest?.("[data-term-insert], [data-term-mute], [data-term-add]");
    if (!button) return;
    if ("termInsert" in button.dataset) this.insert(button);
    else if ("termMute" in button.dataset) this.mute(button);
    else button.search = this.query(button);
  }

  /* What is selected in either column, until something else is. */
  remember() {
    const selection = document.getSelection();
    const text = selection.toString().trim();
    const row = rowOf(selection.anchorNode?.parentElement);
    if (!text || !row || !panelOf(row)) return;
    const side = panelOf(row).contains(selection.anchorNode) ? "source" : "target";
    if (this.selected.row !== row) this.selected = { row };
    this.selected[side] = text;
  }

  /* The strip */

  async show() {
    const row = this.row;
    const panel = panelOf(row);
    if (!panel) return;
    const { place } = panel.dataset;
    if (!this.strips.has(place)) this.put(place, panel, this.empty());
    const source = sourceOf(panel);
    this.asked += 1;
    const asked = this.asked;
    const answer = await this.post(this.termsUrlValue, {
      place,
      source: source.text,
      target: targetOf(row, panel),
      source_language: this.sourceLanguageValue,
      may_write: document.getElementById("diptych-sources")?.dataset.mayWrite ?? "false",
    });
    if (asked !== this.asked || !answer?.ok || answer.redirected) return;
    const fresh = document.createElement("div");
    fresh.innerHTML = await answer.text();
    const strip = fresh.firstElementChild;
    const old = this.strips.get(place);
    if (!strip || old.contains(document.activeElement)) return;
    this.tell(old, strip);
    if (old.innerHTML !== strip.innerHTML) this.put(place, panelOf(row), strip);
    else old.dataset.spans = strip.dataset.spans;
    this.underline();
  }

  empty() {
    const strip = document.createElement("section");
    strip.className = "diptych-terms";
    return strip;
  }

  put(place, panel, strip) {
    const old = this.strips.get(place);
    this.strips.set(place, strip);
    strip.dataset.stays = "";
    if (old?.isConnected) old.replaceWith(strip);
    else panel?.append(strip);
  }

  /* The terms when the passage is entered, and hints that are new. */
  tell(old, strip) {
    const hintsOf = (each) => [...each.querySelectorAll("[data-term-hint]")].map(({ textContent }) => textContent.trim());
    const known = hintsOf(old);
    const said = old.dataset.summary === strip.dataset.summary ? [] : [strip.dataset.summary];
    said.push(...hintsOf(strip).filter((each) => !known.includes(each)));
    if (said.length) this.statusTarget.textContent = said.join(" ");
  }

  underline() {
    if (!window.CSS.highlights) return;
    const panel = panelOf(this.row);
    const strip = panel && this.strips.get(panel.dataset.place);
    const ranges = rangesOf(sourceOf(panel).nodes, JSON.parse(strip?.dataset.spans || "[]"));
    window.CSS.highlights.set("diptych-terms", new window.Highlight(...ranges));
  }

  /* Leaves the page once what was typed is saved, unless somebody goes on or it cannot be. */
  follow(link) {
    const form = link.closest("form");
    const saves = form.matches("[data-controller~='w-autosave']") && form.dataset.wAutosaveActiveValue !== "false";
    const going = new AbortController();
    const listen = (name, act) => {
      form.addEventListener(name, act, { signal: going.signal, capture: true });
    };
    const leave = () => {
      going.abort();
      window.location.assign(link.href);
    };
    const stay = ({ repeat }) => {
      if (!repeat) going.abort();
    };
    ["w-autosave:error", "keydown", "pointerdown"].forEach((name) => listen(name, stay));
    setTimeout(() => {
      if (going.signal.aborted) return;
      if (saves && form.dataset.wUnsavedHasEditsValue === "true") listen("w-autosave:success", leave);
      else leave();
    }, this.typedAt + NOTICED - Date.now());
  }

  /* The field of a row in which somebody wrote last, else its first one. */
  fieldOf(row) {
    const isHere = this.field?.isConnected && row.contains(this.field);
    return isHere ? this.field : [...row.querySelectorAll(EDITABLE)].find((each) => !panelOf(row).contains(each));
  }

  insert(button) {
    const field = this.fieldOf(rowOf(button));
    if (field) insertInto(field, button.dataset.termInsert);
  }

  async mute(button) {
    const { place } = panelOf(rowOf(button)).dataset;
    const { concept = "", kind = "", muted } = button.dataset;
    button.disabled = true;
    await this.post(this.muteUrlValue, { place, concept, kind, muted: muted === undefined ? "true" : "false" });
    button.disabled = false;
    this.field?.focus();
    this.row = rowOf(button) ?? this.row;
    this.show();
  }

  query(link) {
    const row = rowOf(link);
    const { source, target } = this.selected.row === row ? this.selected : {};
    const query = new URLSearchParams();
    const name = (language) => `preferred_${language.replace("-", "_")}`;
    if (source) query.set(name(this.sourceLanguageValue), source);
    if (target) query.set(name(this.termsUrlValue.split("/").at(-2)), target);
    return query.toString();
  }

  post(url, values) {
    const body = new FormData();
    Object.entries(values).forEach(([name, value]) => body.set(name, value));
    const headers = { "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value };
    return fetch(url, { method: "POST", body, headers }).catch(() => null);
  }
}

window.wagtail.app.register("diptych-glossary", GlossaryController);
