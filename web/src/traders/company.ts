/**
 * A trader's company as forms hold it (§2.1): its fields, what is missing, whether its SIRET passes its check. Pure; the
 * server checks again, and every other number too.
 */
import type { CompanyCard, CompanyForm } from "../wire/generated/http";

export type CompanyField = keyof CompanyCard;
export type Company = Record<Exclude<CompanyField, "kind">, string> & { kind: CompanyCard["kind"] };

export const NO_COMPANY: Company = {
  legal_name: "",
  siret: "",
  vat_number: "",
  ape_code: "",
  street: "",
  postcode: "",
  city: "",
  country: "FR",
  email: "",
  phone: "",
  legal_representative: "",
  kind: "merchant",
};

export const COMPANY_FIELDS = Object.keys(NO_COMPANY) as CompanyField[];

/** What is known of a company, on the empty form; what is no field of a company is left out. */
export function companyWith(known: Partial<Record<string, string>>): Company {
  const named = COMPANY_FIELDS.filter((field) => known[field]).map((field) => [field, known[field]]);
  return { ...NO_COMPANY, ...Object.fromEntries(named) };
}

/**
 * The form after a search: what it filled in before (`filled`) gives way to what it has `found`; what somebody typed
 * stays. The SIRET is the one searched: nobody means another's beside this company.
 */
export function refilled(typed: Company, filled: Company, found: Company): Company {
  const kept = COMPANY_FIELDS.filter((field) => field !== "siret" && typed[field] !== filled[field]);
  return { ...found, ...Object.fromEntries(kept.map((field) => [field, typed[field]])) };
}

/** What has changed, as the doors read it. */
export function changesOf(before: Company, after: Company): Partial<Omit<CompanyForm, "siret">> {
  const changed = COMPANY_FIELDS.filter(
    (field) => field !== "siret" && before[field] !== after[field].trim(),
  );
  return Object.fromEntries(changed.map((field) => [field, after[field].trim()]));
}

const SIRET_DIGITS = 14;
const LA_POSTE = "356000000";

/** The digits alone: people write spaces and dots between them. */
export function siretOf(typed: string): string {
  return typed.replace(/[\s.\u202f\u00a0]/g, "");
}

/** Whether these are 14 digits that pass the Luhn check; La Poste's pass theirs instead. */
export function isSiret(siret: string): boolean {
  if (!/^\d{14}$/.test(siret) || /^0+$/.test(siret)) return false;
  const digits = [...siret].map(Number);
  if (siret.startsWith(LA_POSTE) && digits.reduce((sum, digit) => sum + digit, 0) % 5 === 0) return true;
  const sum = digits.reduce((before, digit, place) => {
    const weighed = (SIRET_DIGITS - place) % 2 === 0 ? digit * 2 : digit;
    return before + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return sum % 10 === 0;
}

/** `732 829 320 00074`, as it is printed; what is no SIRET stays as it is. */
export function formatSiret(siret: string): string {
  return siret.replace(/^(\d{3})(\d{3})(\d{3})(\d{5})$/, "$1\u202f$2\u202f$3\u202f$4");
}
