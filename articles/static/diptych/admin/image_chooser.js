/* An upload in the image chooser asks for the alternative text in the language of the field whose
   button opened it; fields of no language leave that to the form. Without that text nothing is sent,
   because a form that comes back has lost the file. Read in Wagtail 8.0.1. */

(() => {
  const item = (field) => field?.closest("li");
  /* Of the field whose button was pressed last, until a form of the chooser is there. */
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

  class ImageChooserController extends window.StimulusModule.Controller {
    open({ target }) {
      const button = target.closest?.("[data-chooser-action-choose]");
      if (button) language = languageOf(button);
    }
  }

  /* The hidden input with the language that is asked for. */
  class ImageUploadController extends window.StimulusModule.Controller {
    static values = { sentence: String };

    connect() {
      if (language) this.ask(language);
      language = null;
    }

    field(name) {
      return this.element.form.querySelector(`[name$="-${name}"]`);
    }

    textField(name, code) {
      return this.field(`${name}_${code.replace("-", "_")}`);
    }

    ask(wanted) {
      const needed = [...this.element.form.querySelectorAll("[data-diptych-needed]")];
      if (!needed.some((each) => each.dataset.diptychNeeded === wanted)) return;
      const before = this.element.value;
      this.element.value = wanted;
      for (const each of needed) each.hidden = each.dataset.diptychNeeded !== wanted;
      if (before === wanted) return;
      for (const name of ["alt", "caption"]) {
        item(this.textField(name, before))?.before(item(this.textField(name, wanted)));
      }
    }

    /* Before Wagtail's button shows that it works, which only an answer ends; Enter clicks it too. */
    requireText(event) {
      const { form, value } = this.element;
      if (event.target.closest?.("[type='submit']")?.form !== form) return;
      const alt = this.textField("alt", value);
      const decorative = this.field("is_decorative");
      if (!alt || alt.value.trim() || decorative?.checked) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const settle = () => alt.setCustomValidity("");
      alt.addEventListener("input", settle, { once: true });
      decorative?.addEventListener("change", settle, { once: true });
      alt.setCustomValidity(this.sentenceValue);
      alt.reportValidity();
    }
  }

  window.wagtail.app.register("diptych-image-chooser", ImageChooserController);
  window.wagtail.app.register("diptych-image-upload", ImageUploadController);
})();
