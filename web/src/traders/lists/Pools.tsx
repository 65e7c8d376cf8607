/**
 * A mailing list under the hands (§3.1): its title, and two columns, the connected traders and those who will receive;
 * unticking removes. On the list's own page and beside the auction that it is for.
 */
import "../words";
import { Button, Checkbox, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import desk from "../../desk/desk.module.css";
import { formatCount } from "../../desk/times";
import { useLanguage } from "../../language";

import type { ConnectedTrader } from "./api";
import { type Choice, found, tick, untick } from "./choice";
import css from "./lists.module.css";

/** More than anybody reads: who wants another searches. */
const MOST_SHOWN = 300;

interface Editing {
  choice: Choice;
  change: (choice: Choice) => void;
  closed?: boolean;
  error: string | undefined;
}

export function Title({ choice, change, closed = false, error }: Editing) {
  const { t } = useTranslation("traders");
  return (
    <TextInput
      label={t("lists.name")}
      maxLength={100}
      autoComplete="off"
      data-autofocus
      value={choice.title}
      error={error}
      readOnly={closed}
      onChange={(event) => change({ ...choice, title: event.currentTarget.value })}
    />
  );
}

export function Pools({
  connected,
  choice,
  change,
  closed = false,
  error,
}: Editing & { connected: readonly ConnectedTrader[] }) {
  const { t } = useTranslation("traders");
  const language = useLanguage();
  const chosen = new Set(choice.traders);
  const receiving = connected.filter(({ id }) => chosen.has(id));
  return (
    <div className={css.columns}>
      <Pool
        title={t("lists.connected")}
        count={formatCount(connected.length, language)}
        traders={connected}
        chosen={chosen}
        turn={(ids, on) => change(on ? tick(choice, ids) : untick(choice, ids))}
        closed={closed}
        empty={t("lists.nobody_connected")}
      />
      <div className={css.pool}>
        <Pool
          title={t("lists.receiving")}
          count={formatCount(receiving.length, language)}
          traders={receiving}
          chosen={chosen}
          turn={(ids, on) => change(on ? tick(choice, ids) : untick(choice, ids))}
          closed={closed}
          empty={t("lists.nobody_receives")}
          vanishing
        />
        {error ? (
          <p role="alert" className={css.error}>
            {error}
          </p>
        ) : null}
      </div>
    </div>
  );
}

export function Counter({ count }: { count: number }) {
  const { t } = useTranslation("traders");
  return (
    <span aria-live="polite">
      <b className={css.count}>{count}</b> {t("lists.will_receive", { count })}
    </span>
  );
}

interface PoolProps {
  title: string;
  count: string;
  traders: readonly ConnectedTrader[];
  chosen: ReadonlySet<number>;
  turn: (ids: number[], on: boolean) => void;
  closed: boolean;
  empty: string;
  /** Who is unticked leaves the column. */
  vanishing?: boolean;
}

/** The keyboard goes on where a row goes: to the one after it, or before. */
function leaveRow(box: HTMLInputElement): void {
  const row = box.closest("li");
  const next = row?.nextElementSibling ?? row?.previousElementSibling;
  next?.querySelector<HTMLInputElement>("input")?.focus();
}

function Pool({ title, count, traders, chosen, turn, closed, empty, vanishing = false }: PoolProps) {
  const { t } = useTranslation("traders");
  const [words, search] = useState("");
  const shown = found(traders, words);
  const all = shown.length > 0 && shown.every(({ id }) => chosen.has(id));
  return (
    <section className={`${desk.card} ${css.pool}`} aria-label={title}>
      <div className={css.part}>
        <h2>
          {title} · <span aria-live="polite">{count}</span>
        </h2>
        {closed || shown.length === 0 ? null : (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() =>
              turn(
                shown.map(({ id }) => id),
                !all,
              )
            }
          >
            {all
              ? t("lists.untick_all", { count: shown.length })
              : t("lists.tick_all", { count: shown.length })}
          </Button>
        )}
      </div>
      <TextInput
        type="search"
        aria-label={t("lists.search_in", { title })}
        placeholder={t("lists.search_hint")}
        value={words}
        onChange={(event) => search(event.currentTarget.value)}
      />
      {shown.length === 0 ? (
        <p className={desk.muted}>{traders.length === 0 ? empty : t("list.nothing")}</p>
      ) : (
        <Choices shown={shown} chosen={chosen} turn={turn} closed={closed} vanishing={vanishing} />
      )}
    </section>
  );
}

function Choices({
  shown,
  chosen,
  turn,
  closed,
  vanishing,
}: Pick<PoolProps, "chosen" | "turn" | "closed" | "vanishing"> & { shown: ConnectedTrader[] }) {
  const { t } = useTranslation("traders");
  return (
    <>
      <ul className={css.choices}>
        {shown.slice(0, MOST_SHOWN).map(({ id, name, city }) => (
          <li key={id} data-chosen={chosen.has(id)}>
            <Checkbox
              size="sm"
              label={name}
              checked={chosen.has(id)}
              disabled={closed}
              onChange={(event) => {
                if (vanishing) leaveRow(event.currentTarget);
                turn([id], event.currentTarget.checked);
              }}
            />
            <span className={`${desk.muted} ${desk.small}`}>{city}</span>
          </li>
        ))}
      </ul>
      {shown.length > MOST_SHOWN ? (
        <p className={`${desk.muted} ${desk.small}`}>
          {t("lists.more", { count: shown.length - MOST_SHOWN })}
        </p>
      ) : null}
    </>
  );
}
