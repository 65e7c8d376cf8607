/** Notices under the days on which they came, in the viewer's own zone; the order stays. Pure. */

/** `2023-12-12` in the viewer's zone. */
export function dayOf(at: string): string {
  const moment = new Date(at);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

export function byDay<Item extends { at: string }>(items: readonly Item[]): [day: string, items: Item[]][] {
  const days = new Map<string, Item[]>();
  for (const item of items) {
    const day = dayOf(item.at);
    const there = days.get(day);
    if (there) there.push(item);
    else days.set(day, [item]);
  }
  return [...days];
}
