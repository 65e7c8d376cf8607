/** Days and moments as forms hold them (`2026-03-15`, `2026-03-15T09:30`, the viewer's zone) and as the wire does. */

const two = (n: number) => n.toString().padStart(2, "0");

/** `2026-03-15` where the viewer is. */
export function dayOf(moment: Date): string {
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** `2026-03-15T09:30` where the viewer is, to the minute. */
export function localOf(moment: Date): string {
  return `${dayOf(moment)}T${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

/** What a field for date and time holds, as an instant of the wire; nothing, if it is none. */
export function instantOf(local: string): string | null {
  const ms = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(local) ? new Date(local).getTime() : Number.NaN;
  return Number.isNaN(ms) ? null : new Date(ms).toISOString().replace(/\.\d{3}Z$/, "Z");
}

/** The first or, `days` later, another instant of a day where the viewer is; nothing, if it is no day. */
export function dayBegins(day: string, days = 0): string | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!parts) return undefined;
  const begins = new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]) + days);
  return begins.toISOString().replace(/\.\d{3}Z$/, "Z");
}
