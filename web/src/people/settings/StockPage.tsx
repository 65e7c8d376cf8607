/** What an entity has decided about its stock (§4.2, §4.3): from when vehicles can be sold, its target, its life lines. */
import { NativeSelect, NumberInput, Skeleton, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { useAction } from "../../desk/form/action";
import form from "../../desk/form/form.module.css";
import { useMay, useMe } from "../../desk/me";
import { Problem, usePageTitle } from "../../desk/pieces";
import { useListSearch } from "../../desk/table/search";
import type { StockSettings } from "../../wire/generated/http";
import { ask } from "../../wire/http";
import { ENTITIES } from "../api";
import { type Draft, useDraft } from "../draft";
import css from "../people.module.css";
import { SaveBar } from "../SaveBar";
import { LifeLine } from "./LifeLine";
import { BEFORE_SALE } from "./life-line";
import { SettingsTabs } from "./SettingsTabs";

const MOST_DAYS = 3650;

export function StockPage() {
  const { t } = useTranslation("people");
  const search = useListSearch();
  const { entities } = useMe();
  usePageTitle(t("stock.title"));
  const asked = Number(search.value("entity"));
  const entity = entities.find(({ id }) => id === asked) ?? entities[0];
  return (
    <>
      <div className={desk.heading}>
        <h1>{t("stock.title")}</h1>
        {entities.length > 1 ? (
          <NativeSelect
            aria-label={t("entity")}
            value={entity?.id}
            data={entities.map(({ id, name }) => ({ value: String(id), label: name }))}
            onChange={(event) => search.change({ entity: event.currentTarget.value })}
          />
        ) : (
          <span className={desk.muted}>{entity?.name}</span>
        )}
      </div>
      <SettingsTabs />
      {entity ? <Settings key={entity.id} entity={entity.id} /> : null}
    </>
  );
}

function Settings({ entity }: { entity: number }) {
  const found = useQuery({
    queryKey: [...ENTITIES, entity, "stock-settings"],
    queryFn: ({ signal }) => ask("GET /api/entities/{id}/stock-settings", { ids: { id: entity }, signal }),
  });
  if (found.isPending) return <Skeleton height={320} radius="md" aria-busy="true" />;
  if (found.isLoadingError) return <Problem error={found.error} retry={() => void found.refetch()} />;
  return <SettingsForm entity={entity} stored={found.data} />;
}

function SettingsForm({ entity, stored }: { entity: number; stored: StockSettings }) {
  const { t } = useTranslation("people");
  const may = useMay();
  const manages = may("manage_stock", entity);
  const draft = useDraft(`stock-settings-${entity}`, stored);
  const saving = useAction(
    () => ask("PUT /api/entities/{id}/stock-settings", { ids: { id: entity }, body: draft.values }),
    { refresh: [ENTITIES, ["vehicles"]], said: t("saved"), after: draft.reset },
  );
  return (
    <form
      className={css.cards}
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      {manages ? null : <p className={desk.muted}>{t("stock.no_right")}</p>}
      <Rules draft={draft} disabled={!manages} />
      <div className={css.pair}>
        {(["private", "trade"] as const).map((line) => (
          <section key={line} className={desk.card}>
            <LifeLine
              name={t(`stock.${line}`)}
              line={draft.values[line] ?? {}}
              onChange={(changed) => draft.change({ [line]: changed })}
              disabled={!manages}
            />
          </section>
        ))}
      </div>
      {manages ? (
        <SaveBar
          unsaved={draft.unsaved}
          pending={saving.isPending}
          error={saving.error}
          onReset={draft.reset}
        />
      ) : null}
    </form>
  );
}

function Rules({ draft: { values, change }, disabled }: { draft: Draft<StockSettings>; disabled: boolean }) {
  const { t } = useTranslation("people");
  const { t: stock } = useTranslation("stock");
  const statuses = BEFORE_SALE.map((one) => ({ value: one, label: stock(`status.${one}`) }));
  const statusOf = (value: string) => BEFORE_SALE.find((one) => one === value) ?? "sales_stock";
  return (
    <section className={`${desk.card} ${form.stack}`}>
      <h2>{t("stock.rules")}</h2>
      <div className={form.fields}>
        <NativeSelect
          label={t("stock.publishable_from")}
          value={values.publishable_from ?? "sales_stock"}
          disabled={disabled}
          data={statuses}
          onChange={(event) => change({ publishable_from: statusOf(event.currentTarget.value) })}
        />
        <NativeSelect
          label={t("stock.saleable_from")}
          value={values.saleable_from ?? "sales_stock"}
          disabled={disabled}
          data={statuses}
          onChange={(event) => change({ saleable_from: statusOf(event.currentTarget.value) })}
        />
        <NumberInput
          label={t("stock.days_target")}
          description={t("stock.days_target_hint")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          value={values.days_target ?? ""}
          disabled={disabled}
          min={1}
          max={MOST_DAYS}
          allowDecimal={false}
          hideControls
          onChange={(days) => change({ days_target: typeof days === "number" ? days : null })}
        />
        <Switch
          className={form.wide ?? ""}
          label={t("stock.matching_required")}
          description={t("stock.matching_hint")}
          checked={values.matching_required ?? true}
          disabled={disabled}
          onChange={(event) => change({ matching_required: event.currentTarget.checked })}
        />
        <Switch
          className={form.wide ?? ""}
          label={t("stock.by_hand")}
          description={t("stock.by_hand_hint")}
          checked={values.leave_sales_stock_by_hand ?? false}
          disabled={disabled}
          onChange={(event) => change({ leave_sales_stock_by_hand: event.currentTarget.checked })}
        />
      </div>
    </section>
  );
}
