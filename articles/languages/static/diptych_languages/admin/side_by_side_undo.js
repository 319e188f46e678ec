/*
 * "Undo the copy": offered beside a text copied from its source until somebody changes that text.
 *
 * An automatic save renders the place again, so the offers are kept here and put back there.
 */

let form = null;
const offers = new Map();
const NOT_WRITTEN = ["hidden", "button", "submit"];

const panelAt = (place) =>
  form.querySelector(`.diptych-place[data-place="${CSS.escape(place)}"]`);
const newButton = () =>
  document.getElementById("diptych-undo").content.firstElementChild.cloneNode(true);

/* The text of the fields beside a panel; that of rich text does not depend on its editor. */
function textBeside(panel) {
  const fields = [...panel.parentElement.querySelectorAll("input, textarea, select")];
  return fields.map(textIn).filter((text) => text !== null).join("\x1f");
}

function textIn(field) {
  if (field.draftailEditor) {
    return field.draftailEditor.getEditorState().getCurrentContent().getPlainText();
  }
  if (field.closest("[data-draftail-editor-wrapper]")) return null;
  if (field.parentElement.querySelector(".diptych-words-in-view")) return richTextOf(field.value);
  if (field.type === "checkbox") return String(field.checked);
  return NOT_WRITTEN.includes(field.type) ? null : field.value;
}

const richTextOf = (value) => (JSON.parse(value)?.blocks ?? []).map(({ text }) => text).join("\n");

function show(place, { undo }) {
  const panel = panelAt(place);
  if (!panel || panel.querySelector("[data-undo]")) return;
  const button = newButton();
  button.addEventListener("click", () => {
    removeOffer(place);
    undo();
  });
  const copy = panel.querySelector("[data-copy]");
  if (copy) copy.hidden = true;
  actionsOf(panel).prepend(button);
}

function actionsOf(panel) {
  const present = panel.querySelector(".diptych-place__actions");
  if (present) return present;
  const actions = document.createElement("div");
  actions.className = "diptych-place__actions";
  panel.append(actions);
  return actions;
}

function removeOffer(place) {
  offers.delete(place);
  const panel = panelAt(place);
  panel?.querySelector("[data-undo]")?.remove();
  const copy = panel?.querySelector("[data-copy]");
  if (copy) copy.hidden = false;
}

function review() {
  offers.forEach((offer, place) => {
    const panel = panelAt(place);
    if (panel && textBeside(panel) !== offer.text) removeOffer(place);
    else show(place, offer);
  });
}

class SideBySideUndoController extends window.StimulusModule.Controller {
  connect() {
    form = this.element.querySelector("[data-edit-form]");
  }

  /* The copied text is in the form two frames later, once the editor has drawn it. */
  copied({ detail: { place, undo } }) {
    requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        const panel = panelAt(place);
        if (!panel) return;
        offers.set(place, { undo, text: textBeside(panel) });
        review();
      });
    });
  }

  review() {
    review();
  }

  marked({ currentTarget }) {
    removeOffer(currentTarget.closest(".diptych-place").dataset.place);
  }
}

window.wagtail.app.register("diptych-side-by-side-undo", SideBySideUndoController);
