/**
 * Money as the trade writes it: integer cents inside, decimal strings on the wire, `20 900,00 €` or `€20,900.00` on
 * the screen. Never a float: amounts go from string to integer and from integer to string.
 */
import type { Amount } from "./wire/messages";

export type Cents = number;
export type Language = "fr" | "en";

/** §5.2.2: the largest bid, 100,000,000.00. */
export const LARGEST_BID_CENTS: Cents = 10_000_000_000;

const LOCALES: Record<Language, string> = { fr: "fr-FR", en: "en-IE" };
const WIRE = /^(-?)(\d+)(?:\.(\d{1,2}))?$/;

/** `"20900.00"` → 2090000. Throws on anything the wire cannot hold. */
export function centsOf(amount: Amount): Cents {
  const parts = WIRE.exec(amount);
  if (!parts) throw new RangeError(`not an amount: ${amount}`);
  const [, sign, euros, fraction = ""] = parts;
  const cents = Number(euros) * 100 + Number(fraction.padEnd(2, "0"));
  return sign && cents !== 0 ? -cents : cents;
}

/** 2090000 → `"20900.00"`. */
export function amountOf(cents: Cents): Amount {
  const digits = Math.abs(cents).toString().padStart(3, "0");
  return `${cents < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

const formatters = new Map<string, Intl.NumberFormat>();

function formatter(language: Language, decimals: number): Intl.NumberFormat {
  const key = `${language}${decimals}`;
  let made = formatters.get(key);
  if (!made) {
    made = new Intl.NumberFormat(LOCALES[language], {
      style: "currency",
      currency: "EUR",
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
    formatters.set(key, made);
  }
  return made;
}

/** `20 900,00 €` in French, `€20,900.00` in English. */
export function formatAmount(amount: Amount, language: Language): string {
  return formatter(language, 2).format(amountOf(centsOf(amount)) as `${number}`);
}

/** The same without `,00` where the euros are whole: for buttons and feeds. */
export function formatShort(amount: Amount, language: Language): string {
  const cents = centsOf(amount);
  return formatter(language, cents % 100 === 0 ? 0 : 2).format(amountOf(cents) as `${number}`);
}

/** As one would type it: `20900`, `20900,50`. */
export function typedAmount(amount: Amount, language: Language): string {
  const [euros = "", cents = "00"] = amountOf(centsOf(amount)).split(".");
  return cents === "00" ? euros : `${euros}${language === "fr" ? "," : "."}${cents}`;
}

/**
 * What somebody typed, in cents, or `null` if it is no amount of whole cents. Whether it may be bid is not asked here:
 * nothing, less than nothing and what is too much are amounts, too.
 * Spaces, the euro sign and groups of three are forgiven; the last of `,` or `.` before one or two digits is the
 * decimal mark, before exactly three digits it groups (`21.500` and `21,500` are both twenty-one thousand five hundred), which a zero
 * never opens: `0,500` is nothing that can be read.
 */
export function readAmount(typed: string): Cents | null {
  const text = typed.replace(/[\s\u00a0\u202f'’€]/g, "").replace(/eur$/i, "");
  const parts = /^([-−]?)(\d[\d.,]*?)(?:[.,](\d{1,2}))?$/.exec(text);
  const whole = parts?.[2];
  if (!parts || whole === undefined || !/^(\d+|[1-9]\d{0,2}([.,]\d{3})+)$/.test(whole)) return null;
  if (new Set(whole.replace(/\d/g, "")).size > 1) return null;
  const cents = Number(whole.replace(/[.,]/g, "")) * 100 + Number((parts[3] ?? "").padEnd(2, "0"));
  return parts[1] ? -cents : cents;
}

/** The same where it may be bid: more than nothing, at most the largest bid (§5.2.2); `null` otherwise. */
export function parseAmount(typed: string): Cents | null {
  const cents = readAmount(typed);
  return cents !== null && cents > 0 && cents <= LARGEST_BID_CENTS ? cents : null;
}
