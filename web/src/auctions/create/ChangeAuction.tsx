/** Changing an auction before it starts (§5.1.4, §3.4): `/auctions/7/edit`. */
import { Alert, Button, Skeleton } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { useDealerRoom } from "../../auction/follow";
import desk from "../../desk/desk.module.css";
import { forgetTyped, typedBefore } from "../../desk/form/kept";
import { isOutdated, Outdated } from "../../desk/form/Outdated";
import { Lost, lossOf } from "../../desk/fresh";
import { Heading } from "../../desk/Heading";
import { NotFound } from "../../desk/NotFound";
import { Empty, usePageTitle } from "../../desk/pieces";
import { formatTime } from "../../desk/times";
import { useLanguage } from "../../language";
import { amountOf, centsOf, formatAmount } from "../../money";
import { useRights } from "../../synthesis/SynthesisPage";
import type { AuctionDescription } from "../../wire/generated/http";
import { HttpProblem } from "../../wire/http";
import type { DealerView } from "../../wire/messages";
import { useDescription } from "../api";
import { AuctionEditor } from "./AuctionEditor";
import { type StockVehicle, useChange, useVehiclesById } from "./api";
import { changeOf, type Form, formOf, type KeptForm } from "./form";

export function ChangeAuction({ auction }: { auction: number }) {
  const { t } = useTranslation("dealer");
  const { t: tt } = useTranslation();
  const { view, missing } = useDealerRoom(auction);
  const description = useDescription(auction);
  const { refetch } = description;
  // What is changed is the version that stands now, not one read a while ago.
  useEffect(() => void refetch(), [refetch]);
  const number = description.data?.display_number ?? "";
  usePageTitle(t("create.change_title", { number }));
  if ((missing !== null && view === null) || isUnknown(description.error)) return <NotFound />;
  return (
    <>
      <Heading
        href={`/auctions/${auction}`}
        back={tt("auction.heading", { number })}
        title={t("create.change_title", { number })}
      />
      {lossOf(description) ? (
        <Lost read={description} />
      ) : view && description.data ? (
        <Allowed view={view} description={description.data} />
      ) : (
        <Skeleton height={420} radius="md" aria-busy="true" />
      )}
    </>
  );
}

function isUnknown(error: unknown): boolean {
  return error instanceof HttpProblem && error.status === 404;
}

function Allowed(props: { view: DealerView; description: AuctionDescription }) {
  const { t } = useTranslation("dealer");
  const { mayRun } = useRights(props.description.entity.name);
  if (mayRun) return <TheForm {...props} />;
  return (
    <div className={desk.card}>
      <Empty>{t("create.not_allowed")}</Empty>
    </div>
  );
}

/** What is typed stands on the auction as it was read then, until a colleague's change is taken up or passed over. */
interface Base {
  version: number;
  initial: Form;
  /** Vehicles of the auction, then and now, and those that were typed in. */
  ids: number[];
  /** Each time a colleague's change is taken up, the form begins anew. */
  taken: number;
}

function useBase(view: DealerView, description: AuctionDescription) {
  const language = useLanguage();
  const version = description.version ?? 1;
  const nameOf = (of: number) => `auction-${description.id}-${of}`;
  const baseOf = (taken: number, ids: number[]): Base => {
    const initial = formOf(description, view, language);
    const typed = typedBefore<KeptForm>(nameOf(version))?.chosen.map(([id]) => id) ?? [];
    return { version, initial, ids: [...new Set([...ids, ...initial.chosen.keys(), ...typed])], taken };
  };
  const [base, setBase] = useState(() => baseOf(0, []));
  const name = nameOf(base.version);
  const isOvertaken = version !== base.version;
  const onto = (taken: number) => {
    forgetTyped(name);
    setBase(baseOf(taken, base.ids));
  };
  // Whoever has typed nothing reads on.
  if (isOvertaken && typedBefore(name) === null) setBase(baseOf(base.taken + 1, base.ids));
  return { base, name, isOvertaken, take: () => onto(base.taken + 1), keep: () => onto(base.taken) };
}

function TheForm({ view, description }: { view: DealerView; description: AuctionDescription }) {
  const { t } = useTranslation("dealer");
  const [, go] = useLocation();
  const client = useQueryClient();
  const { base, name, isOvertaken, take, keep } = useBase(view, description);
  const stock = useVehiclesById(base.ids);
  const change = useChange(description.id, {
    said: t("create.changed"),
    after: ({ id }) => {
      forgetTyped(name);
      go(`/auctions/${id}`);
    },
  });
  const isRefused = isOutdated(change.error);
  useEffect(() => {
    if (isRefused) void client.invalidateQueries({ queryKey: ["auction", description.id] });
  }, [client, isRefused, description.id]);
  const resolved = (way: () => void) => () => {
    change.reset();
    way();
  };
  if (view.status !== "scheduled") return <Started auction={description.id} />;
  if (stock.isPending) return <Skeleton height={420} radius="md" aria-busy="true" />;
  if (stock.data === undefined) return <Lost read={stock} />;
  return (
    <AuctionEditor
      key={base.taken}
      name={name}
      initial={base.initial}
      known={stock.data.map((vehicle) => ownedBy(vehicle, description.id))}
      changing={{
        auction: description.id,
        list_name: description.list_name,
        audience_count: description.audience_count ?? 0,
      }}
      deed={() => t("create.save_change")}
      bodyOf={(form, vehicles) => changeOf(form, vehicles, base.initial, base.version)}
      sending={change}
      conflict={
        (isOvertaken && !change.isPending && !change.isSuccess) || isRefused ? (
          <Overtaken
            key={String(isOvertaken)}
            view={view}
            description={description}
            isHere={isOvertaken}
            take={resolved(take)}
            keep={resolved(keep)}
          />
        ) : null
      }
    />
  );
}

function Started({ auction }: { auction: number }) {
  const { t } = useTranslation("dealer");
  return (
    <Alert color="red" role="alert">
      <p>{t("create.started")}</p>
      <Button component={Link} href={`/auctions/${auction}`} mt="sm" variant="default" size="xs">
        {t("synthesis.tab")}
      </Button>
    </Alert>
  );
}

interface Ways {
  view: DealerView;
  description: AuctionDescription;
  /** Whether what the colleague has saved is read already. */
  isHere: boolean;
  take: () => void;
  keep: () => void;
}

/** A colleague has changed the auction meanwhile (§5.1.4): theirs or one's own, but never one over the other unseen. */
function Overtaken({ view, description, isHere, take, keep }: Ways) {
  const { t } = useTranslation("dealer");
  const language = useLanguage();
  const vehicles = description.lots.reduce((count, lot) => count + lot.vehicles.length, 0);
  const cents = description.lots.reduce((sum, { starting_price }) => sum + centsOf(starting_price), 0);
  return (
    <Outdated
      ways={
        <>
          <Button variant="default" disabled={!isHere} onClick={take}>
            {t("create.overtaken.take")}
          </Button>
          <Button variant="default" disabled={!isHere} onClick={keep}>
            {t("create.overtaken.keep")}
          </Button>
        </>
      }
    >
      <p>{t("create.overtaken.said")}</p>
      {isHere ? (
        <p>
          {t("create.overtaken.theirs", {
            count: vehicles,
            start: formatTime(view.starts_at, "dayClock", language),
            total: formatAmount(amountOf(cents), language),
          })}
        </p>
      ) : null}
    </Outdated>
  );
}

/** Being in this very auction keeps no vehicle out of it. */
function ownedBy(vehicle: StockVehicle, auction: number): StockVehicle {
  if (vehicle.auction !== auction) return vehicle;
  return { ...vehicle, missing: vehicle.missing.filter((one) => one !== "in_another_auction") };
}
