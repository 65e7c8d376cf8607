// One language for all tabs of a browser: what is chosen on another is spoken here, too, and nothing else is heard.
import { afterEach, expect, test } from "vitest";
import { chooseLanguage, i18next } from "./index";

const KEY = "adjuge-language";

afterEach(() => {
  chooseLanguage("fr");
  localStorage.clear();
});

/** Another tab writes; browsers tell every tab but the one that did. */
function elsewhere(key: string | null, value: string | null) {
  if (key === null) localStorage.clear();
  else if (value !== null) localStorage.setItem(key, value);
  window.dispatchEvent(new StorageEvent("storage", { key, newValue: value }));
}

test("what is chosen on another tab is spoken here", () => {
  elsewhere(KEY, "en");
  expect(i18next.language).toBe("en");
  expect(document.documentElement.lang).toBe("en");
  elsewhere(KEY, "fr");
  expect(i18next.language).toBe("fr");
});

test("what is no language, is another's key, or is forgotten changes nothing", () => {
  chooseLanguage("en");
  elsewhere(KEY, "de");
  elsewhere("another", "fr");
  elsewhere(null, null);
  expect(i18next.language).toBe("en");
});
