/** The dealer's stock auctions by state: live while an auction may still change, and exported. */
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useLeft, useMoved } from "../auction/Countdown";
import { useDealerRoom } from "../auction/follow";
import { useMay } from "../desk/me";
import type { FileColumn } from "../desk/table/ListFile";
import { formatTime } from "../desk/times";
import { useLanguage } from "../language";
import { StateChip } from "../synthesis/SynthesisPage";
import { stateOf } from "../synthesis/state";
import { AuctionLists } from "./AuctionLists";
import { AuctionRow, RowHead } from "./AuctionRow";
import { type AuctionItem, dealerState } from "./api";
import { Left } from "./Left";

const STATES = ["open", "scheduled", "ended", "cancelled"] as const;
type ListState = (typeof STATES)[number];
/** What the tab asks the server for. */
const ASKED: Record<ListState, string> = {
  open: "open",
  scheduled: "scheduled",
  ended: "won,partly_won,not_won,sale_cancelled",
  cancelled: "cancelled",
};
const DEFAULT_WINDOW_SECONDS = 180;

export function DealerAuctions() {
  const { t } = useTranslation("dealer");
  const file = useFile();
  const creates = useMay()("run_stock_auctions");
  return (
    <AuctionLists
      title={t("auctions.title")}
      action={
        creates ? (
          <Button component={Link} href="/auctions/new">
            {t("auctions.create")}
          </Button>
        ) : null
      }
      states={STATES}
      word={(state) => t(`auctions.states.${state}`)}
      asked={(state) => ASKED[state]}
      empty={() => (creates ? `${t("auctions.empty")} ${t("auctions.empty_hint")}` : t("auctions.empty"))}
      head={(state) => (
        <RowHead
          heads={[
            t("auctions.columns.auction"),
            t("auctions.columns.site"),
            t("auctions.columns.state"),
            t(`auctions.columns.${state === "scheduled" ? "start" : "end"}`),
          ]}
        />
      )}
      row={(item, state) =>
        state === "open" || state === "scheduled" ? (
          <LiveRow key={item.id} item={item} />
        ) : (
          <StillRow key={item.id} item={item} />
        )
      }
      file={file}
    />
  );
}

const placeOf = (item: AuctionItem) =>
  [item.site?.name ?? item.entity.name, item.site?.city].filter(Boolean).join(" · ");

function LiveRow({ item }: { item: AuctionItem }) {
  const { view } = useDealerRoom(item.id);
  const client = useQueryClient();
  const moved = useMoved(view);
  const left = useLeft(view ?? item, view?.soft_close.window_seconds ?? DEFAULT_WINDOW_SECONDS);
  const over = view !== null && view.status !== item.status;
  useEffect(() => {
    if (over) void client.invalidateQueries({ queryKey: ["auctions"] });
  }, [over, client]);
  const offers = view ? (view.synthesis.lots_with_offer > 0 ? view.synthesis.last_offers_total : null) : null;
  return (
    <AuctionRow
      item={item}
      place={placeOf(item)}
      amount={view ? offers : item.last_offers_total}
      chips={<StateChip of={view ? stateOf(view) : dealerState(item)} />}
      end={<Left left={left} moved={moved} />}
    />
  );
}

function StillRow({ item }: { item: AuctionItem }) {
  const language = useLanguage();
  return (
    <AuctionRow
      item={item}
      place={placeOf(item)}
      amount={item.last_offers_total}
      chips={<StateChip of={dealerState(item)} />}
      end={<time dateTime={item.ends_at}>{formatTime(item.ends_at, "dayClock", language)}</time>}
    />
  );
}

function useFile(): FileColumn<AuctionItem>[] {
  const { t } = useTranslation("dealer");
  const cells = {
    number: (item) => item.display_number,
    kind: (item) => t(`kind.${item.kind}`),
    auction: (item) => item.title,
    site: (item) => item.site?.name ?? item.entity.name,
    start: (item) => item.starts_at,
    end: (item) => item.ends_at,
    starting: (item) => item.starting_total,
    offers: (item) => item.last_offers_total,
    gain: (item) => item.gain,
    state: (item) => t(`state.${dealerState(item)}`),
  } satisfies Record<string, FileColumn<AuctionItem>["cell"]>;
  const heads = Object.keys(cells) as (keyof typeof cells)[];
  return heads.map((head) => ({ head: t(`auctions.columns.${head}`), cell: cells[head] }));
}
