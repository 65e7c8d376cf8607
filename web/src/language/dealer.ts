/** Adds what only a dealer reads to the words of the screens; imported by the dealer's part alone. */
import { dealerEn } from "./dealer.en";
import { dealerFr } from "./dealer.fr";
import { i18next } from "./index";

i18next.addResourceBundle("fr", "dealer", dealerFr);
i18next.addResourceBundle("en", "dealer", dealerEn);
