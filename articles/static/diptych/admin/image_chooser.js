/* An upload in the image chooser asks for the alternative text in the language of the field whose
   button opened it; fields of no language leave that to the form. Without that text nothing is sent,
   because a form that comes back has lost the file. Read in Wagtail 8.0.1. */

(() => {
  const FORM = "form[data-chooser-modal-creation-form]";
  const item = (field) => field?.closest("li");
  let language = null;

  /* The column of the outermost field around the button, such as body_fr, ends in its language. */
  function languageOf(button) {
    let name = "";
    for (
      let each = button.closest("[data-contentpath]");
      each;
      each = each.parentElement.closest("[data-contentpath]")
    ) {
      name = each.dataset.contentpath;
    }
    return /_([a-z]+(?:_[a-z]+)?)$/.exec(name)?.[1].replace("_", "-") ?? null;
  }

  function askIn(form) {
    const asked = form.querySelector('[name$="-asked_language"]');
    const needed = [...form.querySelectorAll("[data-diptych-needed]")];
    if (!asked || !needed.some((each) => each.dataset.diptychNeeded === language)) return;
    const before = asked.value;
    asked.value = language;
    for (const each of needed) each.hidden = each.dataset.diptychNeeded !== language;
    for (const name of ["alt", "caption"]) {
      const field = (code) => form.querySelector(`[name$="-${name}_${code.replace("-", "_")}"]`);
      if (before !== language) item(field(before))?.before(item(field(language)));
    }
  }

  /* Before Wagtail's button shows that it works, which only an answer ends; Enter clicks it too. */
  document.addEventListener("click", (event) => {
    const form = event.target.closest?.(`${FORM} [type="submit"]`)?.form;
    if (!form) return;
    const field = (name) => form.querySelector(`[name$="-${name}"]`);
    const asked = field("asked_language");
    const alt = asked && field(`alt_${asked.value.replace("-", "_")}`);
    const decorative = field("is_decorative");
    if (!alt || alt.value.trim() || decorative?.checked) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const settle = () => alt.setCustomValidity("");
    alt.addEventListener("input", settle, { once: true });
    decorative?.addEventListener("change", settle, { once: true });
    alt.setCustomValidity(asked.dataset.diptychSentence);
    alt.reportValidity();
  }, true);

  /* Wagtail puts the window of a chooser at the end of the document, and its form into it later. */
  const observer = new MutationObserver(() => {
    const form = document.querySelector(FORM);
    if (!form) return;
    observer.disconnect();
    if (language) askIn(form);
  });

  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-chooser-action-choose]");
    if (!button) return;
    language = languageOf(button);
    observer.observe(document.body, { childList: true, subtree: true });
  }, true);
})();
