/** A trader's card: its company, what each entity has with it, invitations that wait, what it bought, what was done. */
import { Skeleton } from "@mantine/core";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import desk from "../desk/desk.module.css";
import { useMay } from "../desk/me";
import { OneThing } from "../desk/OneThing";
import { part } from "../desk/part";
import { Chip, usePageTitle } from "../desk/pieces";
import type { TraderCard } from "../wire/generated/http";
import { INVITATION_STATES, useInvitations, useTrader } from "./api";
import { CardHistory } from "./card/CardHistory";
import { CompanyPart } from "./card/CompanyPart";
import { ConnectionsPart } from "./card/ConnectionsPart";
import { InviteDialog } from "./InviteDialog";
import css from "./traders.module.css";

const TraderPurchases = part(async () => ({
  default: (await import("../sales/TraderPurchases")).TraderPurchases,
}));

export function TraderPage({ id }: { id: number }) {
  const { t } = useTranslation("traders");
  const trader = useTrader(id);
  usePageTitle(trader.data?.legal_name ?? t("title"));
  return <OneThing read={trader}>{(one) => <Card trader={one} />}</OneThing>;
}

function Card({ trader }: { trader: TraderCard }) {
  const { t } = useTranslation("traders");
  const may = useMay()("manage_connections");
  const sent = useInvitations({ trader: trader.id, state: INVITATION_STATES.join(","), limit: 200 }, may);
  const all = sent.data?.items ?? [];
  const invitations = all.filter(({ state }) => state === "pending" || state === "expired");
  return (
    <>
      <Link href="/traders" className={desk.back}>
        ← {t("title")}
      </Link>
      <div className={desk.heading}>
        <div className={css.title}>
          <h1 className={css.name}>{trader.legal_name}</h1>
          <Chip tone="plain">{t(`kinds.${trader.kind}`)}</Chip>
          <Chip tone="plain">{trader.has_account ? t("card.has_account") : t("card.no_account")}</Chip>
        </div>
        {may && sent.data ? (
          <InviteDialog trader={trader} pending={invitations.filter(({ state }) => state === "pending")} />
        ) : null}
      </div>
      <div className={css.card}>
        <CompanyPart key={trader.id} trader={trader} />
        <ConnectionsPart trader={trader} invitations={invitations} />
        <div className={css.whole}>
          <Suspense fallback={<Skeleton height={120} radius="md" aria-busy="true" />}>
            <TraderPurchases trader={trader.id} />
          </Suspense>
        </div>
        <div className={css.whole}>
          <CardHistory trader={trader} invitations={all} />
        </div>
      </div>
    </>
  );
}
