/** Changing an auction before it starts (§5.1.4, §3.4): `/auctions/7/edit`. */
import { Alert, Button, Skeleton } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { useDealerRoom } from "../../auction/follow";
import desk from "../../desk/desk.module.css";
import { forgetTyped } from "../../desk/form/kept";
import { Lost, lossOf } from "../../desk/fresh";
import { Heading } from "../../desk/Heading";
import { NotFound } from "../../desk/NotFound";
import { Empty, usePageTitle } from "../../desk/pieces";
import { useLanguage } from "../../language";
import { useRights } from "../../synthesis/SynthesisPage";
import type { AuctionDescription } from "../../wire/generated/http";
import { HttpProblem } from "../../wire/http";
import type { DealerView } from "../../wire/messages";
import { useDescription } from "../api";
import { AuctionEditor } from "./AuctionEditor";
import { type StockVehicle, useChange, useVehiclesById } from "./api";
import { changeOf, formOf } from "./form";

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
        <Allowed key={description.data.version} view={view} description={description.data} />
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

function TheForm({ view, description }: { view: DealerView; description: AuctionDescription }) {
  const { t } = useTranslation("dealer");
  const [, go] = useLocation();
  const language = useLanguage();
  const [initial] = useState(() => formOf(description, view, language));
  const stock = useVehiclesById([...initial.chosen.keys()]);
  const version = description.version ?? 1;
  const name = `auction-${description.id}-${version}`;
  const change = useChange(description.id, {
    said: t("create.changed"),
    after: ({ id }) => {
      forgetTyped(name);
      go(`/auctions/${id}`);
    },
  });
  if (view.status !== "scheduled")
    return (
      <Alert color="red" role="alert">
        <p>{t("create.started")}</p>
        <Button component={Link} href={`/auctions/${description.id}`} mt="sm" variant="default" size="xs">
          {t("synthesis.tab")}
        </Button>
      </Alert>
    );
  if (stock.isPending) return <Skeleton height={420} radius="md" aria-busy="true" />;
  if (stock.data === undefined) return <Lost read={stock} />;
  return (
    <AuctionEditor
      name={name}
      initial={initial}
      known={stock.data.map((vehicle) => ownedBy(vehicle, description.id))}
      changing={{
        auction: description.id,
        list_name: description.list_name,
        audience_count: description.audience_count ?? 0,
      }}
      deed={() => t("create.save_change")}
      bodyOf={(form, vehicles) => changeOf(form, vehicles, initial, version)}
      sending={change}
    />
  );
}

/** Being in this very auction keeps no vehicle out of it. */
function ownedBy(vehicle: StockVehicle, auction: number): StockVehicle {
  if (vehicle.auction !== auction) return vehicle;
  return { ...vehicle, missing: vehicle.missing.filter((one) => one !== "in_another_auction") };
}
