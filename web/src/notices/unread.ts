/** How many notifications the reader has not read: the bell's figure, moved by every live notice. */
import { useQuery } from "@tanstack/react-query";
import type { NotificationList } from "../wire/generated/http";
import { http } from "../wire/http";

export const UNREAD = ["notifications", "unread"] as const;

export function useUnread(): number {
  const { data } = useQuery({
    queryKey: UNREAD,
    queryFn: ({ signal }) => http.get<NotificationList>("notifications", { limit: 1 }, signal),
  });
  return data?.unread ?? 0;
}
