/** What the history is asked for, between the address (days of the viewer) and the door (instants). Pure. */
import type { QueryOf } from "../../wire/http";

export type RecordsQuery = NonNullable<QueryOf<"GET /api/history">>;

/** The first moment of a day of the viewer's (`2023-12-12`), `later` days on; nothing for what is no day. */
export function dayStart(day: string, later = 0): string | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!parts) return undefined;
  const [, year, month, date] = parts.map(Number);
  const start = new Date(year ?? 0, (month ?? 1) - 1, (date ?? 1) + later);
  return start.toISOString().replace(".000Z", "Z");
}

/** What the address asks for; the last day is meant whole. */
export function queryOf(value: (name: string) => string): RecordsQuery {
  const subject = value("subject");
  const from = dayStart(value("from"));
  const to = dayStart(value("to"), 1);
  const id = Number(value("id"));
  return {
    ...(subject ? { subject } : {}),
    ...(subject && id ? { id } : {}),
    ...(Number(value("entity")) ? { entity: Number(value("entity")) } : {}),
    ...(Number(value("user")) ? { user: Number(value("user")) } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
  };
}
