/**
 * What the tiles of the home page count, and the lists behind them: each figure is the total of the list that its link
 * shows. Pure; dates are the viewer's weeks.
 */

/** What stands in the stock and is not gone yet. */
export const STANDING = "pre_arrival,physical_entry,price_destination,sales_stock";
/** What stands before the sales stock. */
export const NOT_READY = "pre_arrival,physical_entry,price_destination";

/** `/vehicles?status=…`, without what is missing. */
export function listAddress(path: string, query: Record<string, string | number | undefined>): string {
  const asked = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  const text = new URLSearchParams(asked.map(([name, value]) => [name, String(value)])).toString();
  return text ? `${path}?${text}` : path;
}

/** From Monday to Monday, as instants, around that moment in the viewer's zone. */
export function weekOf(now: Date): { from: string; to: string } {
  const monday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - ((now.getDay() + 6) % 7));
  const next = new Date(monday.getFullYear(), monday.getMonth(), monday.getDate() + 7);
  return { from: instant(monday), to: instant(next) };
}

const instant = (moment: Date) => moment.toISOString().replace(".000Z", "Z");

export interface LongStock {
  /** None: these targets are every entity's. */
  entity: number | undefined;
  days: number;
}

/** One question for all entities whose targets agree, one each where they do not; entities without a target ask nothing. */
export function longStock(targets: { entity: number; days: number | null }[]): LongStock[] {
  const asked = targets.flatMap(({ entity, days }) => (days === null ? [] : [{ entity, days: days + 1 }]));
  const [first] = asked;
  const alike = asked.length === targets.length && asked.every(({ days }) => days === first?.days);
  return first && alike && asked.length > 1 ? [{ entity: undefined, days: first.days }] : asked;
}
