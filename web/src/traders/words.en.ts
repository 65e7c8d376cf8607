/** What the part "traders" says in English. */
import type { TradersWords } from "./words.fr";

export const en: TradersWords = {
  title: "Traders",
  kinds: { merchant: "Merchant", bidder: "Bidder" },
  company: {
    legal_name: "Legal name",
    siret: "SIRET",
    siret_hint: "14 digits.",
    siret_wrong: "14 digits whose check must be right: look at them again.",
    vat_number: "VAT number",
    ape_code: "APE code",
    kind: "Kind",
    kind_hint: "A bidder buys through the API.",
    street: "Address",
    postcode: "Postcode",
    city: "City",
    country: "Country",
    country_hint: "Two letters: FR, BE…",
    phone: "Phone",
    email: "Company e-mail",
    email_hint: "For the papers; one signs in with the account’s.",
    legal_representative: "Legal representative",
    legal_representative_hint: "Needed before an order.",
  },
};
