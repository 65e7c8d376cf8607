/** What is sold how, from when, for how long, in which steps, and how late bids prolong it (§5.1.1, §5.3.3). */
import { NativeSelect, Radio, SegmentedControl, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { formatLength } from "../../desk/times";
import type { AuctionKind } from "../../wire/messages";
import css from "./create.module.css";
import { useEditing, useWrong } from "./editing";
import { useCents } from "./figures";
import type { DurationUnit } from "./form";
import { isIdle } from "./sheet";

const KINDS: AuctionKind[] = ["unit", "lot"];
const UNITS: DurationUnit[] = ["minutes", "hours", "days"];
const MODES = ["add", "reset"] as const;

export function Terms() {
  const { t } = useTranslation("dealer");
  const { form } = useEditing();
  return (
    <section className={`${desk.card} ${css.terms}`} aria-label={t("create.terms")}>
      <h2>{t("create.terms")}</h2>
      <Kind />
      <Start />
      <div className={css.pair}>
        <Duration />
        <Increment />
      </div>
      {form.kind === "lot" ? <LotPrices /> : null}
      <LateBids />
    </section>
  );
}

/** The kind is chosen once: a change keeps it. */
function Kind() {
  const { t } = useTranslation("dealer");
  const { form, change, changing } = useEditing();
  if (changing)
    return (
      <p>
        <span className={desk.muted}>{t("create.kind")}</span> <b>{t(`kind.${form.kind}`)}</b>
      </p>
    );
  return (
    <Radio.Group
      label={t("create.kind")}
      value={form.kind}
      onChange={(kind) => change({ kind: KINDS.find((one) => one === kind) ?? "unit" })}
    >
      <div className={css.radios}>
        {KINDS.map((kind) => (
          <Radio key={kind} value={kind} label={t(`create.kind_${kind}`)} />
        ))}
      </div>
    </Radio.Group>
  );
}

function Start() {
  const { t } = useTranslation("dealer");
  const { form, change } = useEditing();
  const wrong = useWrong();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <div className={css.start}>
      <SegmentedControl
        aria-label={t("create.start")}
        value={form.at_once ? "now" : "later"}
        data={[
          { value: "now", label: t("create.at_once") },
          { value: "later", label: t("create.planned") },
        ]}
        onChange={(start) => change({ at_once: start === "now" })}
      />
      {form.at_once ? null : (
        <TextInput
          type="datetime-local"
          label={t("create.start")}
          description={t("create.start_hint", { zone })}
          inputWrapperOrder={["label", "input", "description", "error"]}
          value={form.start}
          error={wrong("start")}
          onChange={(event) => change({ start: event.currentTarget.value })}
        />
      )}
    </div>
  );
}

/** Keeps a field without a label of its own on the line of the one before, whatever is said below that. */
const BESIDE = "\u00a0";

function Duration() {
  const { t } = useTranslation("dealer");
  const { form, change } = useEditing();
  const wrong = useWrong();
  return (
    <div className={css.duration}>
      <TextInput
        label={t("create.duration")}
        inputMode="numeric"
        value={form.duration}
        error={wrong("duration")}
        onChange={(event) => change({ duration: event.currentTarget.value })}
      />
      <NativeSelect
        label={BESIDE}
        aria-label={t("create.duration_unit")}
        value={form.unit}
        data={UNITS.map((unit) => ({ value: unit, label: t(`create.units.${unit}`) }))}
        onChange={(event) =>
          change({ unit: UNITS.find((one) => one === event.currentTarget.value) ?? "hours" })
        }
      />
    </div>
  );
}

function Increment() {
  const { t } = useTranslation("dealer");
  const { form, change } = useEditing();
  const wrong = useWrong();
  return (
    <TextInput
      label={t("create.increment")}
      inputMode="decimal"
      value={form.increment}
      rightSection="€"
      error={wrong("increment")}
      onChange={(event) => change({ increment: event.currentTarget.value })}
    />
  );
}

/** A lot has one starting price, spread over its vehicles, and one reserve (§5.1.1). */
function LotPrices() {
  const { t } = useTranslation("dealer");
  const { form, change, sheet } = useEditing();
  const wrong = useWrong();
  const cents = useCents();
  const type = (typed: Partial<typeof form.lot>) => change({ lot: { ...form.lot, ...typed } });
  return (
    <div className={css.pair}>
      <TextInput
        label={t("create.for_lot")}
        description={t("create.for_lot_hint")}
        inputMode="decimal"
        placeholder={sheet.lines.length > 0 ? cents(sheet.starting_cents) : ""}
        value={form.lot.starting}
        rightSection="€"
        error={wrong("lot.starting")}
        onChange={(event) => type({ starting: event.currentTarget.value })}
      />
      <TextInput
        label={t("create.reserve_lot")}
        description={t(
          isIdle(sheet.reserve_cents, sheet.starting_cents) ? "create.reserve_idle" : "create.reserve_hint",
        )}
        inputMode="decimal"
        value={form.lot.reserve}
        rightSection="€"
        error={wrong("lot.reserve")}
        onChange={(event) => type({ reserve: event.currentTarget.value })}
      />
    </div>
  );
}

/** §5.3.3: window, length and mode; usually left as they are. */
function LateBids() {
  const { t } = useTranslation("dealer");
  const { t: tt } = useTranslation();
  const { form, change } = useEditing();
  const wrong = useWrong();
  const { soft_close } = form;
  const type = (typed: Partial<typeof soft_close>) => change({ soft_close: { ...soft_close, ...typed } });
  const length = (seconds: string) =>
    /^\d+$/.test(seconds)
      ? formatLength(Number(seconds) * 1000, tt("time", { returnObjects: true }))
      : seconds;
  const said = t(`create.late.said_${soft_close.mode}`, {
    window: length(soft_close.window),
    extension: length(soft_close.extension),
  });
  return (
    <details className={css.late} open={wrong("window") !== undefined || wrong("extension") !== undefined}>
      <summary>
        {t("create.late.title")} <span className={`${desk.muted} ${desk.small}`}>{said}</span>
      </summary>
      <div className={css.lateFields}>
        <TextInput
          label={t("create.late.window")}
          inputMode="numeric"
          rightSection="s"
          value={soft_close.window}
          error={wrong("window")}
          onChange={(event) => type({ window: event.currentTarget.value })}
        />
        <TextInput
          label={t("create.late.extension")}
          inputMode="numeric"
          rightSection="s"
          value={soft_close.extension}
          error={wrong("extension")}
          onChange={(event) => type({ extension: event.currentTarget.value })}
        />
        <NativeSelect
          label={t("create.late.mode")}
          value={soft_close.mode}
          data={MODES.map((mode) => ({ value: mode, label: t(`create.late.mode_${mode}`) }))}
          onChange={(event) =>
            type({ mode: MODES.find((one) => one === event.currentTarget.value) ?? "add" })
          }
        />
      </div>
    </details>
  );
}
