/**
 * The language of the screens: French first, English one click away; the choice is kept in the browser.
 * The words of the first view are here; every part that is loaded apart brings its own (`words.ts`).
 */
import i18next from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";
import type { Language } from "../money";
import { en } from "./en";
import { fr, type Words } from "./fr";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "trade";
    resources: {
      trade: Words;
      dealer: import("../auctions/words.fr").DealerWords;
      sheet: import("../auction/details/words.fr").SheetWords;
      gallery: import("../desk/gallery/words.fr").GalleryWords;
      home: import("../home/words.fr").HomeWords;
      stock: import("../stock/words.fr").StockWords;
      traders: import("../traders/words.fr").TradersWords;
      sales: import("../sales/words.fr").SalesWords;
      purchases: import("../purchases/words.fr").PurchasesWords;
      people: import("../people/words.fr").PeopleWords;
      account: import("../account/words.fr").AccountWords;
      notices: import("../notices/words.fr").NoticesWords;
    };
  }
}

const KEPT = "adjuge-language";

function kept(): Language | null {
  const value = localStorage.getItem(KEPT);
  return value === "fr" || value === "en" ? value : null;
}

void i18next.use(initReactI18next).init({
  lng: kept() ?? "fr",
  fallbackLng: "fr",
  defaultNS: "trade",
  ns: ["trade"],
  resources: { fr: { trade: fr }, en: { trade: en } },
  interpolation: { escapeValue: false },
  initAsync: false,
});

function reflect(language: string) {
  document.documentElement.lang = language;
}
reflect(i18next.language);
i18next.on("languageChanged", reflect);

/** What is chosen on one tab holds for all of this browser, as the theme does. */
window.addEventListener("storage", ({ key }) => {
  const chosen = kept();
  if (key === KEPT && chosen !== null && chosen !== i18next.language) void i18next.changeLanguage(chosen);
});

export function chooseLanguage(language: Language): void {
  localStorage.setItem(KEPT, language);
  void i18next.changeLanguage(language);
}

/** The language of the account, unless somebody chose otherwise in this browser. */
export function preferLanguage(language: string | undefined): void {
  if (kept() === null && (language === "fr" || language === "en") && language !== i18next.language)
    void i18next.changeLanguage(language);
}

export function useLanguage(): Language {
  return useTranslation().i18n.language === "en" ? "en" : "fr";
}

export { i18next };
