/* Puts the browser's palette beside every field for a colour. Without it, a colour is typed. */
(() => {
  const HEXADECIMAL = /^#[0-9a-f]{6}$/i;

  function addPalette(field) {
    const palette = document.createElement('input');
    palette.type = 'color';
    palette.className = 'diptych-palette';
    palette.setAttribute('aria-label', field.dataset.diptychColour);
    const follow = () => {
      const chosen = HEXADECIMAL.test(field.value);
      palette.classList.toggle('diptych-palette--empty', !chosen);
      if (chosen) palette.value = field.value;
    };
    palette.addEventListener('input', () => {
      field.value = palette.value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new Event('change', { bubbles: true }));
    });
    field.addEventListener('input', follow);
    follow();
    field.after(palette);
  }

  document.addEventListener('DOMContentLoaded', () => {
    document.querySelectorAll('input[data-diptych-colour]').forEach(addPalette);
  });
})();
