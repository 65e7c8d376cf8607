/** Cents of the form as the reader's language writes them; a dash where nothing is known. */
import { useLanguage } from "../../language";
import { amountOf, type Cents, formatAmount } from "../../money";

export function useCents(): (cents: Cents | null) => string {
  const language = useLanguage();
  return (cents) => (cents === null ? "–" : formatAmount(amountOf(cents), language));
}
