/* Puts the browser's palette beside a field for a colour. Without it, a colour is typed. */
(() => {
  const HEXADECIMAL = /^#[0-9a-f]{6}$/i;

  class ColourController extends window.StimulusModule.Controller {
    static values = { label: String };

    connect() {
      this.palette = document.createElement("input");
      Object.assign(this.palette, { type: "color", className: "diptych-palette" });
      this.palette.setAttribute("aria-label", this.labelValue);
      this.palette.addEventListener("input", () => this.choose());
      this.follow();
      this.element.after(this.palette);
    }

    disconnect() {
      this.palette.remove();
    }

    follow() {
      const { value } = this.element;
      const isChosen = HEXADECIMAL.test(value);
      this.palette.classList.toggle("diptych-palette--empty", !isChosen);
      if (isChosen) this.palette.value = value;
    }

    choose() {
      this.element.value = this.palette.value;
      this.element.dispatchEvent(new Event("input", { bubbles: true }));
      this.element.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  window.wagtail.app.register("diptych-colour", ColourController);
})();
