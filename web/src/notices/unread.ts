/** How many notifications the reader has not read: the bell's figure, moved by every live notice; and reading them. */
import { type QueryClient, useQuery } from "@tanstack/react-query";
import { ask } from "../wire/http";

export const NOTIFICATIONS = ["notifications"] as const;
export const UNREAD = ["notifications", "unread"] as const;
/** The newest among which a notice that was just told is looked for. */
const LATEST = 50;

export function useUnread(): number {
  const { data } = useQuery({
    queryKey: UNREAD,
    queryFn: ({ signal }) => ask("GET /api/notifications", { query: { limit: 1 }, signal }),
    select: ({ unread }) => unread,
  });
  return data ?? 0;
}

/** Marks the notice of this key as read, if it stands in the list by now. */
export async function readByKey(client: QueryClient, key: string): Promise<void> {
  const { items } = await ask("GET /api/notifications", { query: { unread: true, limit: LATEST } });
  const ids = items.filter((one) => one.key === key).map(({ id }) => id);
  if (ids.length === 0) return;
  await ask("POST /api/notifications/read", { body: { ids } });
  await client.invalidateQueries({ queryKey: NOTIFICATIONS });
}
