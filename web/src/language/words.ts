/** Adds the words of a part of the pages when it is loaded: a part's words travel with it, not with the first view. */
import { i18next } from "./index";

/** `namespace` is the part's name; French gives the shape. */
export function addWords<Words extends object>(namespace: string, fr: Words, en: Words): void {
  i18next.addResourceBundle("fr", namespace, fr);
  i18next.addResourceBundle("en", namespace, en);
}
