/** One purchase as its buyer reads it (§6.1, §6.4): what, for how much, where and when it is fetched, every paper. */
import { Alert } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import desk from "../desk/desk.module.css";
import { OneThing } from "../desk/OneThing";
import { Chip, type Tone, usePageTitle } from "../desk/pieces";
import { formatTime } from "../desk/times";
import { useLanguage } from "../language";
import type { PurchaseDescription } from "../wire/generated/http";
import { ask } from "../wire/http";
import { Fetching, Papers, Seller } from "./Fetching";
import css from "./purchases.module.css";
import { Sums, Vehicles } from "./Vehicles";

export function PurchasePage({ offer }: { offer: number }) {
  const { t } = useTranslation("purchases");
  const found = useQuery({
    queryKey: ["purchases", "one", offer],
    queryFn: ({ signal }) => ask("GET /api/purchases/{offer}", { ids: { offer }, signal }),
  });
  usePageTitle(t("one.heading", { number: found.data?.number ?? "" }));
  return <OneThing read={found}>{(bought) => <Purchase bought={bought} />}</OneThing>;
}

function Purchase({ bought }: { bought: PurchaseDescription }) {
  const { t } = useTranslation("purchases");
  return (
    <>
      <Heading bought={bought} />
      <Ended bought={bought} />
      <div className={`${desk.columns} ${css.page}`}>
        <div className={desk.column}>
          <section className={desk.card}>
            <h2>{t("one.vehicles")}</h2>
            <Vehicles bought={bought} />
            <Sums bought={bought} />
          </section>
        </div>
        <div className={desk.column}>
          <Fetching bought={bought} />
          <Papers bought={bought} />
          <Seller seller={bought.seller} />
        </div>
      </div>
    </>
  );
}

const TONES: Record<PurchaseDescription["status"], { tone: Tone; sign: string }> = {
  in_progress: { tone: "warn", sign: "…" },
  validated: { tone: "warn", sign: "…" },
  ordered: { tone: "win", sign: "●" },
  abandoned: { tone: "lose", sign: "✕" },
  cancelled: { tone: "lose", sign: "✕" },
};

function Heading({ bought }: { bought: PurchaseDescription }) {
  const { t } = useTranslation("purchases");
  const language = useLanguage();
  const { auction, order, seller, status } = bought;
  const dated = [
    t("one.made", { at: formatTime(bought.made_at, "date", language) }),
    order &&
      t("one.placed", { number: order.display_number, at: formatTime(order.placed_at, "date", language) }),
    seller.entity,
  ];
  return (
    <div className={desk.heading}>
      <div>
        <Link href="/purchases" className={desk.back}>
          ← {t("one.back")}
        </Link>
        <h1>
          {t("one.heading", { number: bought.number })}{" "}
          <Chip {...TONES[status]}>{t(`one.statuses.${status}`)}</Chip>
        </h1>
        <div className={desk.muted}>
          {dated.filter(Boolean).join(" · ")}
          {auction ? (
            <>
              {" · "}
              <Link href={`/auctions/${auction.id}`}>
                {t("one.of_auction", { auction: auction.display_number, lot: auction.lot_display_number })}
              </Link>
            </>
          ) : null}
        </div>
      </div>
    </div>
  );
}

function Ended({ bought: { ended_at, reason } }: { bought: PurchaseDescription }) {
  const { t } = useTranslation("purchases");
  const language = useLanguage();
  if (ended_at === null) return null;
  return (
    <Alert color="red" className={css.reason ?? ""}>
      {t("one.ended", { at: formatTime(ended_at, "dayClock", language) })}
      {reason ? ` ${t("one.reason", { reason })}` : ""}
    </Alert>
  );
}
