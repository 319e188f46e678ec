/* Says that an address is on the clipboard; where there is none, selects it to be copied by hand. */
(() => {
  class DraftLinkController extends window.StimulusModule.Controller {
    static targets = ["address", "button"];
    static values = { copied: String };

    confirm() {
      this.buttonTarget.textContent = this.copiedValue;
    }

    select() {
      this.addressTarget.select();
    }
  }

  window.wagtail.app.register("diptych-draft-link", DraftLinkController);
})();
