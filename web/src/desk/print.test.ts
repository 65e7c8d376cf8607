// A page of the dark theme is printed in the light one, and dark again afterwards.
import { expect, test } from "vitest";
import { printInLight } from "./print";

const scheme = () => document.documentElement.dataset.mantineColorScheme;

test("dark on the screen, light on paper", () => {
  document.documentElement.dataset.mantineColorScheme = "dark";
  printInLight();
  for (let print = 0; print < 2; print += 1) {
    window.dispatchEvent(new Event("beforeprint"));
    window.dispatchEvent(new Event("beforeprint"));
    expect(scheme()).toBe("light");
    window.dispatchEvent(new Event("afterprint"));
    expect(scheme()).toBe("dark");
  }
});
