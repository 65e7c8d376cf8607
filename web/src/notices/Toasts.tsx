/** What the server tells this user wherever it is: one toast per notice, once by its id, also across reloads. */
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { useLive } from "../auction/follow";
import { useLanguage } from "../language";
import { formatShort } from "../money";
import type { NoticeMessage } from "../wire/messages";

const KEPT = "adjuge-notices";
const REMEMBERED = 200;
const SHOWN_MS = 9_000;

/** Whether this notice is new here; remembers it. */
function firstSeen(id: string): boolean {
  const seen = (localStorage.getItem(KEPT) ?? "").split(" ");
  if (seen.includes(id)) return false;
  localStorage.setItem(KEPT, [...seen, id].slice(-REMEMBERED).join(" "));
  return true;
}

const KNOWN = [
  "outbid",
  "auction_published",
  "auction_opened",
  "auction_cancelled",
  "lot_won",
  "lot_not_won",
  "sale_cancelled",
] as const;
type Kind = (typeof KNOWN)[number] | "lot_sold" | "lot_not_sold" | "other";

/** The words for a notice; the dealer's `lot_result` has two, by its outcome. */
function kindOf(notice: NoticeMessage): Kind {
  if (notice.kind === "lot_result") return notice.outcome === "won" ? "lot_sold" : "lot_not_sold";
  return KNOWN.find((kind) => kind === notice.kind) ?? "other";
}

function colourOf(kind: Kind): "red" | "blue" {
  return kind === "outbid" || kind === "lot_not_won" || kind === "sale_cancelled" ? "red" : "blue";
}

export function Toasts() {
  const { t } = useTranslation();
  const { connection } = useLive();
  const language = useLanguage();
  const client = useQueryClient();
  const [, go] = useLocation();

  useEffect(
    () =>
      connection.onNotice((notice) => {
        void client.invalidateQueries({ queryKey: ["auctions"] });
        void client.invalidateQueries({ queryKey: ["notifications"] });
        if (!firstSeen(notice.id)) return;
        const kind = kindOf(notice);
        const id = `notice-${notice.id}`;
        const text = t(`notice.${kind}`, {
          lot: notice.lot ?? "",
          amount: notice.amount ? formatShort(notice.amount, language) : "",
          winner: notice.winner ?? "",
          reason: notice.reason ?? "",
        });
        const see = () => {
          notifications.hide(id);
          go(`/auctions/${notice.auction}`);
        };
        notifications.show({
          id,
          color: colourOf(kind),
          autoClose: SHOWN_MS,
          title: notice.number ? t("notice.auction", { number: notice.number }) : undefined,
          closeButtonProps: { "aria-label": t("notice.close") },
          message: (
            <>
              {text}{" "}
              {notice.auction ? (
                <Button variant="subtle" size="compact-xs" onClick={see}>
                  {t("notice.open")}
                </Button>
              ) : null}
            </>
          ),
        });
      }),
    [connection, client, go, language, t],
  );
  return null;
}
