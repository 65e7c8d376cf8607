/** All the rows that a list finds, page after page: for files, which hold more than a screen. */
import type { Paged } from "./ListFrame";

/** What the server gives at once, and how many pages a file may hold. */
export const FILE_PAGE = 200;
const MOST_PAGES = 100;

export async function everyPage<Row>(load: (page: number) => Promise<Paged<Row>>): Promise<Row[]> {
  const rows: Row[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { items, pages } = await load(page);
    rows.push(...items);
    if (page >= pages) break;
  }
  return rows;
}
