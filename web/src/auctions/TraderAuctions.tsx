/** The trader's auctions by state (§5.5.3): open, upcoming, won, lost, declined; searched, filtered, counted, and live. */
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { Filter } from "../desk/table/Filter";
import type { FileColumn } from "../desk/table/ListFile";
import type { ListSearch } from "../desk/table/search";
import { ask } from "../wire/http";
import { AuctionLists } from "./AuctionLists";
import { RowHead } from "./AuctionRow";
import type { AuctionItem } from "./api";
import { LiveRow, StillRow } from "./TraderRow";

const STATES = ["open", "upcoming", "won", "lost", "declined"] as const;
type TraderState = (typeof STATES)[number];
const MOST_DEALERS = 200;

export function TraderAuctions() {
  const { t } = useTranslation();
  const dealers = useDealers();
  const file = useFile();
  const empty = (state: TraderState) =>
    dealers?.length === 0 ? (
      <>
        {t("auctions.no_dealer")} <Link href="/dealers">{t("auctions.no_dealer_link")}</Link>
      </>
    ) : (
      t(`auctions.empty.${state}`)
    );
  return (
    <AuctionLists
      title={t("auctions.title")}
      states={STATES}
      word={(state) => t(`auctions.states.${state}`)}
      asked={(state) => state}
      empty={empty}
      filters={(search) => <DealerFilter search={search} dealers={dealers ?? []} />}
      head={(state) => (
        <RowHead
          heads={[
            t("auctions.columns.auction"),
            t("auctions.columns.dealer"),
            t("auctions.columns.standing"),
            t(`auctions.columns.${state === "upcoming" ? "start" : "end"}`),
          ]}
        />
      )}
      row={(item, state) =>
        state === "open" || state === "upcoming" ? (
          <LiveRow key={item.id} item={item} />
        ) : (
          <StillRow key={item.id} item={item} />
        )
      }
      file={file}
    />
  );
}

/** The names of the trader's dealers; `undefined` until they are known. */
function useDealers(): string[] | undefined {
  const { data } = useQuery({
    queryKey: ["dealers", "names"],
    queryFn: ({ signal }) => ask("GET /api/dealers", { query: { limit: MOST_DEALERS }, signal }),
    staleTime: 5 * 60_000,
  });
  return data?.items.map(({ name }) => name);
}

/** Only for who has a choice; a dealer of the past that the address names can still be chosen away. */
function DealerFilter({ search, dealers }: { search: ListSearch; dealers: string[] }) {
  const { t } = useTranslation();
  const chosen = search.value("dealer");
  const names = chosen === "" || dealers.includes(chosen) ? dealers : [chosen, ...dealers];
  if (names.length < 2 && chosen === "") return null;
  return (
    <Filter
      search={search}
      name="dealer"
      label={t("auctions.columns.dealer")}
      any={t("auctions.any_dealer")}
      options={names.map((name) => ({ value: name, label: name }))}
    />
  );
}

function useFile(): FileColumn<AuctionItem>[] {
  const { t } = useTranslation();
  const standingWord = ({ outcome, standing }: AuctionItem) => {
    if (outcome) return t(`standing.${outcome}`);
    return standing ? t(`standing.${standing}`) : "";
  };
  const cells = {
    number: (item) => item.display_number,
    kind: (item) => t(`auctions.kinds.${item.kind}`),
    auction: (item) => item.title,
    dealer: (item) => [item.entity.name, item.site?.city].filter(Boolean).join(", "),
    start: (item) => item.starts_at,
    end: (item) => item.ends_at,
    starting: (item) => item.starting_total,
    last_offers: (item) => item.last_offers_total,
    won: (item) => item.won_total,
    standing: standingWord,
  } satisfies Record<string, FileColumn<AuctionItem>["cell"]>;
  const heads = Object.keys(cells) as (keyof typeof cells)[];
  return heads.map((head) => ({ head: t(`auctions.columns.${head}`), cell: cells[head] }));
}
