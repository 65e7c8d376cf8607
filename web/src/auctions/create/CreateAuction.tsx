/** Creating an auction (§5.1): `/auctions/new`, with vehicles chosen already as `?vehicles=1,2`. */
import { Skeleton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useSearchParams } from "wouter";
import desk from "../../desk/desk.module.css";
import { forgetTyped, typedBefore } from "../../desk/form/kept";
import { Lost } from "../../desk/fresh";
import { Heading } from "../../desk/Heading";
import { useMay } from "../../desk/me";
import { Empty, usePageTitle } from "../../desk/pieces";
import { AuctionEditor } from "./AuctionEditor";
import { usePublish, useVehiclesById } from "./api";
import { bodyOf, EMPTY_FORM, type Form, type KeptForm } from "./form";
import { usePublishWords } from "./told";

const NOTHING = { starting: "", reserve: "" };

export function CreateAuction() {
  const { t } = useTranslation("dealer");
  const [parameters] = useSearchParams();
  const may = useMay();
  usePageTitle(t("create.title"));
  return (
    <>
      <Heading href="/auctions" back={t("synthesis.back")} title={t("create.title")} />
      {may("run_stock_auctions") ? (
        <NewAuction key={parameters.get("vehicles")} named={parameters.get("vehicles") ?? ""} />
      ) : (
        <div className={desk.card}>
          <Empty>{t("create.not_allowed")}</Empty>
        </div>
      )}
    </>
  );
}

/** `named`: the ids of the address, separated by commas. */
function NewAuction({ named }: { named: string }) {
  const { t } = useTranslation("dealer");
  const [, go] = useLocation();
  const deed = usePublishWords();
  const name = `auction-${named || "new"}`;
  const asked = named
    .split(",")
    .filter((id) => /^\d+$/.test(id))
    .map(Number);
  // Read once: what is ticked from now on is known already.
  const [typed] = useState(() => typedBefore<KeptForm>(name)?.chosen.map(([id]) => id) ?? []);
  const known = useVehiclesById([...new Set([...asked, ...typed])].sort((a, b) => a - b));
  const publish = usePublish({
    said: t("create.published"),
    after: ({ id }) => {
      forgetTyped(name);
      go(`/auctions/${id}`);
    },
  });
  if (known.isLoading) return <Skeleton height={420} radius="md" aria-busy="true" />;
  if (known.isError && known.data === undefined) return <Lost read={known} />;
  const initial: Form = { ...EMPTY_FORM, chosen: new Map(asked.map((id) => [id, NOTHING])) };
  return (
    <AuctionEditor
      name={name}
      initial={initial}
      known={known.data ?? []}
      changing={null}
      deed={deed}
      bodyOf={bodyOf}
      sending={publish}
    />
  );
}
