/** The dealer's auction (§5.5.1, §5.5.2): heading and countdown, then the synthesis or the history; live, no reload. */
import { Button, Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useLeft, useMoved } from "../auction/Countdown";
import { useDealerRoom, useLine } from "../auction/follow";
import { LotNumbers } from "../auction/numbers";
import { type AuctionDescription, type DealerState, useDescription } from "../auctions/api";
import desk from "../desk/desk.module.css";
import { useMe } from "../desk/me";
import { Chip, Empty, Problem, type Tone, usePageTitle } from "../desk/pieces";
import { formatTime } from "../desk/times";
import { useLanguage } from "../language";
import type { DealerView } from "../wire/messages";
import { CancelAuction } from "./Cancellation";
import { History } from "./History";
import { useEntries } from "./history";
import { Synthesis } from "./Synthesis";
import { answersOf, stateOf } from "./state";
import css from "./synthesis.module.css";

type Tab = "synthesis" | "history";

export function SynthesisPage({ auction, tab }: { auction: number; tab: Tab }) {
  const { t } = useTranslation("dealer");
  const { t: tt } = useTranslation();
  const { view, missing } = useDealerRoom(auction);
  const description = useDescription(auction, (said) => lacksOffers(view, said));
  const entries = useEntries(auction, view);
  const { mayRun, mayCancelSales } = useRights(description.data?.entity.name);
  usePageTitle(tt("auction.heading", { number: description.data?.display_number ?? view?.number ?? "" }));

  if (missing !== null && view === null)
    return (
      <Empty action={<Link href="/auctions">{t("synthesis.back")}</Link>}>{tt("auction.not_found")}</Empty>
    );
  if (description.isError && view === null)
    return <Problem error={description.error} retry={() => void description.refetch()} />;
  if (view === null) return <Skeleton height={420} radius="md" aria-busy="true" />;
  return (
    <LotNumbers description={description.data}>
      <Heading view={view} description={description.data} />
      <nav className={css.tabs} aria-label={t("synthesis.tab")}>
        <Link href={`/auctions/${auction}`} aria-current={tab === "synthesis" ? "page" : undefined}>
          {t("synthesis.tab")}
        </Link>
        <Link href={`/auctions/${auction}/history`} aria-current={tab === "history" ? "page" : undefined}>
          {t("synthesis.history")}
        </Link>
        {mayRun ? <Deeds view={view} /> : null}
      </nav>
      {tab === "history" ? (
        <History view={view} entries={entries} />
      ) : (
        <Synthesis
          view={view}
          entries={entries}
          description={description.data}
          mayCancelSales={mayCancelSales}
        />
      )}
    </LotNumbers>
  );
}

/** What the reader may do in the entity that sells; descriptions name it, they have no id of it. */
export function useRights(entity: string | undefined) {
  const { entities } = useMe();
  const rights = entities.find(({ name }) => name === entity)?.rights ?? [];
  return { mayRun: rights.includes("run_stock_auctions"), mayCancelSales: rights.includes("cancel_sale") };
}

/** The offers that the end makes are in the description: it is read anew until every lot that was won has its own. */
function lacksOffers(view: DealerView | null, { lots }: AuctionDescription): boolean {
  const offered = new Set(lots.filter(({ offer }) => offer !== null).map(({ number }) => number));
  return view?.lots.some(({ outcome, number }) => outcome === "won" && !offered.has(number)) ?? false;
}

function Deeds({ view }: { view: DealerView }) {
  const { t } = useTranslation("dealer");
  return (
    <div className={css.deeds}>
      {view.status === "scheduled" ? (
        <Button component={Link} href={`/auctions/${view.auction}/edit`} variant="default" size="compact-sm">
          {t("synthesis.change")}
        </Button>
      ) : null}
      <CancelAuction view={view} />
    </div>
  );
}

const TONES: Record<DealerState, { tone: Tone; sign?: string }> = {
  scheduled: { tone: "plain", sign: "○" },
  open: { tone: "win", sign: "●" },
  won: { tone: "win", sign: "✓" },
  partly_won: { tone: "warn", sign: "✓" },
  not_won: { tone: "plain", sign: "✕" },
  cancelled: { tone: "plain", sign: "✕" },
  sale_cancelled: { tone: "lose", sign: "✕" },
};

export function StateChip({ of }: { of: DealerState }) {
  const { t } = useTranslation("dealer");
  return <Chip {...TONES[of]}>{t(`state.${of}`)}</Chip>;
}

function Heading({ view, description }: { view: DealerView; description: AuctionDescription | undefined }) {
  const { t } = useTranslation("dealer");
  const { t: tt } = useTranslation();
  const language = useLanguage();
  const left = useLeft(view, view.soft_close.window_seconds);
  const moved = useMoved(view);
  const line = useLine();
  const answers = answersOf(view);
  const site = description?.site;
  const period = t("synthesis.from_to", {
    start: formatTime(view.starts_at, "dayClock", language),
    end: formatTime(view.ends_at, "dayClock", language),
  });
  const audience = t("synthesis.audience", {
    list: description?.list_name ?? t("synthesis.everybody"),
    count: answers.invited,
    answered: answers.bid,
    declined: answers.declined,
  });
  const vehicles = view.lots.reduce((sum, lot) => sum + lot.vehicles.length, 0);
  const size =
    view.kind === "unit"
      ? tt("auctions.lots", { count: view.lots.length })
      : tt("auctions.vehicles", { count: vehicles });
  const facts = [t(`kind.${view.kind}`), size, period];
  const place = [description?.entity.name, site?.name, site?.city];
  return (
    <div className={css.heading}>
      <div>
        <Link href="/auctions" className={desk.back}>
          ← {t("synthesis.back")}
        </Link>
        <h1>
          {tt("auction.heading", { number: description?.display_number ?? view.number })}
          <StateChip of={stateOf(view)} />
        </h1>
        <div className={desk.muted}>{facts.join(" · ")}</div>
        <div className={desk.muted}>{[...place, audience].filter(Boolean).join(" · ")}</div>
      </div>
      <div className={css.clockBox}>
        <div className={`${desk.muted} ${desk.small}`}>
          {left.label || (line.state === "live" ? "" : tt("line.lost"))}
        </div>
        <div
          className={css.clock}
          data-urgent={left.urgent}
          data-over={left.seconds === null}
          role="timer"
          aria-live="off"
        >
          {left.text}
        </div>
        {moved === null ? null : <div className={`${desk.muted} ${desk.small}`}>{moved}</div>}
      </div>
    </div>
  );
}
