/** On paper everything is as in the light: pale ink of the dark theme could not be read there. */
const ROOT = document.documentElement;

/** From here on, each print is light, and the screen afterwards as it was. */
export function printInLight(): void {
  let shown: string | undefined;
  window.addEventListener("beforeprint", () => {
    shown ??= ROOT.dataset.mantineColorScheme;
    ROOT.dataset.mantineColorScheme = "light";
  });
  window.addEventListener("afterprint", () => {
    if (shown) ROOT.dataset.mantineColorScheme = shown;
    shown = undefined;
  });
}
