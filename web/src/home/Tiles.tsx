/** The tiles of the home page: what runs, what waits for whom, as far as one's rights reach. */
import { useTranslation } from "react-i18next";
import { useLeft } from "../auction/Countdown";
import { useDealerRoom } from "../auction/follow";
import { useMay, useMe } from "../desk/me";
import { formatTime } from "../desk/times";
import { useLanguage } from "../language";
import type { AuctionItem } from "../wire/generated/http";
import {
  useAuctionsIn,
  useDeliveriesDue,
  useDeliveriesThisWeek,
  useLongStock,
  useOffersToOrder,
  usePendingInvitations,
  useVehiclesNotReady,
} from "./counts";
import css from "./home.module.css";
import { Tile } from "./Tile";
import { LONG, listAddress, NOT_READY, weekOf } from "./tiles";

const WINDOW_SECONDS = 180;

/** The list of auctions knows an entity by its name. */
function useAuctionsAddress({ entity }: Whose): (state?: string) => string {
  const { entities } = useMe();
  const dealer = entities.find(({ id }) => id === entity)?.name;
  return (state) => listAddress("/auctions", { state, dealer });
}

interface Whose {
  entity: number | undefined;
}

export function Tiles({ entity }: Whose) {
  const { t } = useTranslation("home");
  const may = useMay();
  return (
    <ul className={css.tiles} aria-label={t("tiles")}>
      <Running entity={entity} />
      <ToStart entity={entity} />
      {may("make_offers", entity) ? <ToOrder entity={entity} /> : null}
      {may("declare_deliveries", entity) ? <Deliveries entity={entity} /> : null}
      {may("manage_stock", entity) ? <Stock entity={entity} /> : null}
      {may("manage_connections", entity) ? <Invitations entity={entity} /> : null}
    </ul>
  );
}

function Running({ entity }: Whose) {
  const { t } = useTranslation("home");
  const address = useAuctionsAddress({ entity });
  const { data, isError } = useAuctionsIn("open", entity);
  const next = data?.items[0];
  return (
    <Tile
      label={t("running", { count: data?.total ?? 0 })}
      count={data?.total}
      failed={isError}
      href={address()}
    >
      {next ? <NextEnd key={next.id} item={next} /> : t("none_running")}
    </Tile>
  );
}

/** When the next auction ends, to the second. */
function NextEnd({ item }: { item: AuctionItem }) {
  const { t } = useTranslation("home");
  const { view } = useDealerRoom(item.id);
  const left = useLeft(view ?? item, view?.soft_close.window_seconds ?? WINDOW_SECONDS);
  return (
    <>
      {t("next_end")} <b data-urgent={left.urgent}>{left.text}</b>
    </>
  );
}

function ToStart({ entity }: Whose) {
  const { t } = useTranslation("home");
  const language = useLanguage();
  const address = useAuctionsAddress({ entity });
  const { data, isError } = useAuctionsIn("scheduled", entity);
  const next = data?.items[0];
  return (
    <Tile
      label={t("to_start", { count: data?.total ?? 0 })}
      count={data?.total}
      failed={isError}
      href={address("scheduled")}
    >
      {next ? t("next_start", { at: formatTime(next.starts_at, "dayClock", language) }) : null}
    </Tile>
  );
}

function ToOrder({ entity }: Whose) {
  const { t } = useTranslation("home");
  const { data, isError } = useOffersToOrder(entity);
  return (
    <Tile
      label={t("to_order", { count: data ?? 0 })}
      count={data}
      failed={isError}
      href={listAddress("/offers", { origin: "auction", status: "validated", entity })}
      due
    >
      {t("to_order_hint")}
    </Tile>
  );
}

function Deliveries({ entity }: Whose) {
  const { t } = useTranslation("home");
  const due = useDeliveriesDue(entity);
  const week = useDeliveriesThisWeek(entity);
  return (
    <>
      <Tile
        label={t("to_deliver", { count: due.data ?? 0 })}
        count={due.data}
        failed={due.isError}
        href={listAddress("/deliveries", { entity })}
        due
      >
        {t("to_deliver_hint")}
      </Tile>
      <Tile
        label={t("this_week", { count: week.data ?? 0 })}
        count={week.data}
        failed={week.isError}
        href={listAddress("/deliveries", { status: "scheduled", ...weekOf(new Date()).days, entity })}
      >
        {t("this_week_hint")}
      </Tile>
    </>
  );
}

function Stock({ entity }: Whose) {
  const { t } = useTranslation("home");
  const notReady = useVehiclesNotReady(entity);
  const long = useLongStock(entity);
  const { entities } = useMe();
  return (
    <>
      <Tile
        label={t("not_ready", { count: notReady.data ?? 0 })}
        count={notReady.data}
        failed={notReady.isError}
        href={listAddress("/vehicles", { status: NOT_READY, entity })}
      >
        {t("not_ready_hint")}
      </Tile>
      {long.map(({ entity: of, days, total }) => (
        <Tile
          key={of ?? "all"}
          label={t("long", { count: total ?? 0 })}
          count={total}
          href={listAddress("/vehicles", {
            ...LONG,
            days_in_stock_min: days,
            entity: of,
            sort: "-days_in_stock",
          })}
          due
        >
          {t("long_hint", { days: (days ?? 1) - 1 })}
          {long.length > 1 ? ` · ${entities.find(({ id }) => id === of)?.name ?? ""}` : ""}
        </Tile>
      ))}
    </>
  );
}

function Invitations({ entity }: Whose) {
  const { t } = useTranslation("home");
  const { data, isError } = usePendingInvitations(entity);
  return (
    <Tile label={t("invitations", { count: data ?? 0 })} count={data} failed={isError} href="/invitations">
      {t("invitations_hint")}
    </Tile>
  );
}
