/** What an offer holds besides vehicles (§6.2): accessories, fees, warranty… and what settles a trade-in. */
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { AmountInput } from "../../desk/form/AmountInput";
import { type Cents, centsOf } from "../../money";
import { priceHt } from "../../reckoning";
import type { ExtraAnswer } from "../../wire/generated/http";
import type { Amount } from "../../wire/messages";
import { Money } from "../pieces";
import css from "../sales.module.css";

export interface ExtraLine {
  kind: ExtraAnswer["kind"];
  label: string;
  amount: Amount | "";
}

const KINDS = [
  "accessories",
  "delivery_pack",
  "fees",
  "services",
  "warranty",
  "trade_in_aid",
  "amount_owed",
] as const;
/** They settle a trade-in: part of the balance due, of no total. */
const SETTLED: readonly ExtraAnswer["kind"][] = ["trade_in_aid", "amount_owed"];
const MOST_EXTRAS = 50;
const LONGEST_LABEL = 200;

export function isWhole({ amount }: ExtraLine): boolean {
  return amount !== "";
}

/** What is sold besides the vehicles: it bears 20 % VAT. */
export function soldExtras(lines: ExtraLine[]): { total_cents: Cents; ht_cents: Cents } {
  const sold = lines
    .filter(({ kind }) => !SETTLED.includes(kind))
    .map(({ amount }) => centsOf(amount || "0"));
  return {
    total_cents: sold.reduce((sum, cents) => sum + cents, 0),
    ht_cents: sold.reduce((sum, cents) => sum + priceHt(cents, "recoverable"), 0),
  };
}

interface Fields {
  lines: ExtraLine[];
  onChange: (lines: ExtraLine[]) => void;
  /** Whether somebody tried to save them: what is missing is said from then on. */
  tried: boolean;
}

export function ExtraFields({ lines, onChange, tried }: Fields) {
  const { t } = useTranslation("sales");
  const put = (at: number, changed: Partial<ExtraLine>) =>
    onChange(lines.map((line, place) => (place === at ? { ...line, ...changed } : line)));
  return (
    <section className={desk.card} aria-label={t("offer.extras")}>
      <div className={css.bar}>
        <div>
          <h2>{t("offer.extras")}</h2>
          <p className={`${desk.muted} ${desk.small}`}>{t("offer.extras_hint")}</p>
        </div>
        <Button
          variant="default"
          size="compact-sm"
          disabled={lines.length >= MOST_EXTRAS}
          onClick={() => onChange([...lines, { kind: "fees", label: "", amount: "" }])}
        >
          {t("offer.extra_add")}
        </Button>
      </div>
      <div className={desk.column}>
        {lines.map((line, at) => (
          <ExtraField
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name of their own, and move only at their end
            key={at}
            n={at + 1}
            line={line}
            tried={tried}
            change={(changed) => put(at, changed)}
            remove={() => onChange(lines.filter((_, place) => place !== at))}
          />
        ))}
      </div>
    </section>
  );
}

interface Field {
  n: number;
  line: ExtraLine;
  tried: boolean;
  change: (changed: Partial<ExtraLine>) => void;
  remove: () => void;
}

function ExtraField({ n, line, tried, change, remove }: Field) {
  const { t } = useTranslation("sales");
  const { t: tt } = useTranslation();
  return (
    <div className={css.extra}>
      <NativeSelect
        label={t("offer.extra_kind")}
        value={line.kind}
        data={KINDS.map((kind) => ({ value: kind, label: t(`extras.${kind}`) }))}
        onChange={(event) => {
          const kind = KINDS.find((one) => one === event.currentTarget.value);
          if (kind) change({ kind });
        }}
      />
      <TextInput
        label={t("offer.extra_label")}
        maxLength={LONGEST_LABEL}
        value={line.label}
        onChange={(event) => change({ label: event.currentTarget.value })}
      />
      <AmountInput
        label={t("offer.extra_amount")}
        value={line.amount}
        error={tried && !isWhole(line) ? t("offer.extra_missing") : undefined}
        onChange={(amount) => change({ amount })}
      />
      <Button variant="default" aria-label={t("offer.extra_remove", { n })} onClick={remove}>
        {tt("form.remove")}
      </Button>
    </div>
  );
}

export function ExtraList({ extras }: { extras: ExtraAnswer[] }) {
  const { t } = useTranslation("sales");
  if (extras.length === 0) return null;
  return (
    <section className={desk.card} aria-label={t("offer.extras")}>
      <h2>{t("offer.extras")}</h2>
      <dl className={css.facts}>
        {extras.map((extra, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of a paper have no name of their own
          <div key={at} className={css.pair}>
            <dt>{[t(`extras.${extra.kind}`), extra.label].filter(Boolean).join(" · ")}</dt>
            <dd>
              <Money amount={extra.amount} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
