/**
 * What the tiles of the home page count, and the lists behind them: each figure is the total of the list that its link
 * shows. Pure; dates are the viewer's weeks.
 */
import { dayOf } from "../notices/days";

/** What stands in the stock and is not gone yet. */
export const STANDING = "pre_arrival,physical_entry,price_destination,sales_stock";
/** What stands for too long once it is asked for with a number of days: what is muted is meant to stay (§4.2). */
export const LONG = { status: STANDING, stock_muted: false } as const;
/** What stands before the sales stock. */
export const NOT_READY = "pre_arrival,physical_entry,price_destination";

/** `/vehicles?status=…`, without what is missing. */
export function listAddress(
  path: string,
  query: Record<string, string | number | boolean | undefined>,
): string {
  const asked = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  const text = new URLSearchParams(asked.map(([name, value]) => [name, String(value)])).toString();
  return text ? `${path}?${text}` : path;
}

/** The week around that moment in the viewer's zone: its first and last day, and from which instant to which it goes. */
export function weekOf(now: Date) {
  const at = (later: number) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() - ((now.getDay() + 6) % 7) + later);
  return {
    days: { from: dayOf(at(0).toISOString()), to: dayOf(at(6).toISOString()) },
    instants: { from: instant(at(0)), to: instant(at(7)) },
  };
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
