/** The upper half of the creation form: kind, audience with how many will be told, schedule, increment (§5.1.1, §3.2). */
import { NativeSelect, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import type { AuctionKind } from "../../wire/messages";
import { type StockVehicle, useConnectedTraders, useMailingLists } from "./api";
import css from "./create.module.css";
import { type DurationUnit, type Form, sheetOf } from "./form";
import { useCents } from "./VehicleRow";

interface Props {
  form: Form;
  change: (changed: Partial<Form>) => void;
  stock: StockVehicle[];
}

const UNITS: DurationUnit[] = ["minutes", "hours", "days"];

export function Choices({ form, change, stock }: Props) {
  const { t } = useTranslation("dealer");
  const kinds: AuctionKind[] = ["unit", "lot"];
  return (
    <section className={`${desk.card} ${css.choices}`}>
      <NativeSelect
        className={css.span ?? ""}
        label={t("create.kind")}
        value={form.kind}
        data={kinds.map((kind) => ({ value: kind, label: t(`create.kind_${kind}`) }))}
        onChange={(event) => change({ kind: event.currentTarget.value as AuctionKind })}
      />
      <Audience form={form} change={change} stock={stock} />
      <TextInput
        type="datetime-local"
        label={t("create.start")}
        description={t("create.start_hint")}
        value={form.start}
        onChange={(event) => change({ start: event.currentTarget.value })}
      />
      <div className={css.duration}>
        <TextInput
          label={t("create.duration")}
          inputMode="numeric"
          value={form.duration}
          onChange={(event) => change({ duration: event.currentTarget.value })}
        />
        <NativeSelect
          aria-label={t("create.duration")}
          value={form.unit}
          data={UNITS.map((unit) => ({ value: unit, label: t(`create.units.${unit}`) }))}
          onChange={(event) => change({ unit: event.currentTarget.value as DurationUnit })}
        />
      </div>
      <TextInput
        label={t("create.increment")}
        inputMode="decimal"
        value={form.increment}
        rightSection="€"
        onChange={(event) => change({ increment: event.currentTarget.value })}
      />
      {form.kind === "lot" ? <LotPrices form={form} change={change} stock={stock} /> : null}
    </section>
  );
}

/** A lot has one starting price, spread over its vehicles, and one reserve (§5.1.1). */
function LotPrices({ form, change, stock }: Props) {
  const { t } = useTranslation("dealer");
  const cents = useCents();
  return (
    <>
      <TextInput
        label={t("create.for_lot")}
        inputMode="decimal"
        placeholder={cents(sheetOf(form, stock).starting_cents)}
        value={form.lot.starting}
        onChange={(event) => change({ lot: { ...form.lot, starting: event.currentTarget.value } })}
      />
      <TextInput
        label={t("create.reserve_lot")}
        inputMode="decimal"
        placeholder={t("create.reserve_hint")}
        value={form.lot.reserve}
        onChange={(event) => change({ lot: { ...form.lot, reserve: event.currentTarget.value } })}
      />
    </>
  );
}

function Audience({ form, change, stock }: Props) {
  const { t } = useTranslation("dealer");
  const lists = useMailingLists();
  const traders = useConnectedTraders();
  const entity = stock.find(({ id }) => form.chosen.has(id))?.entity ?? stock[0]?.entity;
  const own = lists.data?.filter((list) => list.entity === entity) ?? [];
  const chosen = own.find(({ id }) => id === form.mailing_list);
  const told = chosen ? chosen.count : traders.data?.filter((trader) => trader.entity === entity).length;
  return (
    <NativeSelect
      className={css.span ?? ""}
      label={t("create.list")}
      description={told === undefined ? "" : t("create.told", { count: told })}
      inputWrapperOrder={["label", "input", "description", "error"]}
      value={String(form.mailing_list ?? "")}
      data={[
        { value: "", label: t("create.all_traders") },
        ...own.map((list) => ({ value: String(list.id), label: list.title })),
      ]}
      onChange={(event) =>
        change({ mailing_list: event.currentTarget.value === "" ? null : Number(event.currentTarget.value) })
      }
    />
  );
}
