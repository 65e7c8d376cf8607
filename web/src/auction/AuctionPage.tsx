/** The trader's auction (§5.5.3): vehicles, lots, the course, and the panel of the chosen lot; live without reloading. */
import { Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { type AuctionDescription, useDescription } from "../auctions/api";
import desk from "../desk/desk.module.css";
import { Chip, Empty, Problem, usePageTitle } from "../desk/pieces";
import { useListSearch } from "../desk/table/search";
import type { RefusedMessage, TraderView } from "../wire/messages";
import { Announcer } from "./Announcer";
import css from "./auction.module.css";
import { BidPanel, Facts } from "./BidPanel";
import { useBidding } from "./bidding";
import { Course } from "./Course";
import { useLine, useTraderRoom } from "./follow";
import { LotList, LotVehicles } from "./Lots";
import type { AuctionRoom, BidProgress } from "./live";
import { LotNumbers, useLotNumber } from "./numbers";

export function AuctionPage({ auction }: { auction: number }) {
  const { t } = useTranslation();
  const { view, missing, bids, declining, room } = useTraderRoom(auction);
  const description = useDescription(auction);
  usePageTitle(t("auction.heading", { number: description.data?.display_number ?? view?.number ?? "" }));

  if (missing !== null && view === null)
    return <Empty action={<Link href="/">{t("auction.back")}</Link>}>{t("auction.not_found")}</Empty>;
  if (description.isError && view === null)
    return <Problem error={description.error} retry={() => void description.refetch()} />;
  if (view === null) return <PageSkeleton />;
  return (
    <LotNumbers description={description.data}>
      <Page {...{ view, room, bids, declining }} description={description.data} />
    </LotNumbers>
  );
}

interface PageProps {
  view: TraderView;
  room: AuctionRoom;
  bids: ReadonlyMap<number, BidProgress>;
  declining: "pending" | RefusedMessage | null;
  description: AuctionDescription | undefined;
}

function Page({ view, room, bids, declining, description }: PageProps) {
  const { t } = useTranslation();
  const search = useListSearch();
  const numbered = useLotNumber();
  const bidding = useBidding(room, view);
  const lot = view.lots.find(({ number }) => String(number) === search.value("lot")) ?? view.lots[0];
  if (!lot) return null;
  const several = view.lots.length > 1;
  const choose = (next: number) => search.change({ lot: next });
  return (
    <>
      <Heading view={view} description={description} />
      <Announcer view={view} />
      <div className={css.page} data-own-bar>
        <div className={css.column}>
          {several ? (
            <LotList {...{ view, description, choose, bids, bidding }} chosen={lot.number} />
          ) : (
            <LotVehicles lot={lot} description={description} />
          )}
          <section
            className={`${desk.card} ${css.narrow}`}
            aria-label={t("bid.facts", { lot: numbered(lot.number) })}
          >
            <Facts {...{ view, lot, bidding, declining }} />
          </section>
          <Course view={view} />
        </div>
        <BidPanel {...{ view, lot, choose, bidding, declining }} progress={bids.get(lot.number)} />
      </div>
      {bidding.dialog}
    </>
  );
}

function Heading({ view, description }: { view: TraderView; description: AuctionDescription | undefined }) {
  const { t } = useTranslation();
  const numbered = useLotNumber();
  const [only, second] = view.lots;
  const kind =
    view.kind === "lot"
      ? t(only?.vehicles.length === 1 ? "auction.kind_lot_one" : "auction.kind_lot", {
          count: only?.vehicles.length ?? 0,
        })
      : t("auction.kind_unit", { count: view.lots.length });
  const site = description?.site;
  const place = [
    description?.entity.name,
    site?.name,
    [site?.postcode, site?.city].filter(Boolean).join(" "),
  ];
  const whole = only && !second ? [t("auction.lot_number", { lot: numbered(only.number) })] : [];
  if (view.kind === "lot") whole.push(t("auction.sold_whole"));
  return (
    <div className={`${desk.heading} ${css.heading}`}>
      <div>
        <Link href="/" className={desk.back}>
          ← {t("auction.back")}
        </Link>
        <h1>
          {t("auction.heading", { number: description?.display_number ?? view.number })} · {kind}
        </h1>
        <div className={desk.muted}>{[...place, ...whole].filter(Boolean).join(" · ")}</div>
      </div>
      <LineChip />
    </div>
  );
}

/** Whether what is shown is live. */
export function LineChip() {
  const { t } = useTranslation();
  const { state } = useLine();
  if (state === "live")
    return (
      <Chip tone="plain" sign="●">
        {t("line.live")}
      </Chip>
    );
  return (
    <Chip tone={state === "connecting" ? "plain" : "lose"}>
      {t(state === "connecting" ? "line.connecting" : "line.lost")}
    </Chip>
  );
}

function PageSkeleton() {
  return (
    <div className={css.page} aria-busy="true">
      <div className={css.column}>
        <Skeleton height={320} radius="md" />
      </div>
      <Skeleton height={260} radius="md" />
    </div>
  );
}
