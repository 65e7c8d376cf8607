/**
 * A table of the trade: real cells for whoever reads by ear, sortable heads, ticked rows; cards on a phone.
 * Draws what it is given: it asks nobody, sorts nothing itself.
 */
import { Checkbox } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import css from "./table.module.css";

/* biome-ignore-start lint/a11y/noRedundantRoles: shown as cards on a phone (display: block), a table has no roles but those it says */

export interface Column<Row> {
  key: string;
  head: string;
  cell: (row: Row) => ReactNode;
  /** What the server sorts by under this head; without it the head is no button. */
  sort?: string | undefined;
  /** Figures stand right. */
  right?: boolean;
  /** Sentences, which take more of the row. */
  long?: boolean;
  /** On a phone: the card's title, its right upper corner, a labelled line (the default) or half of one, a line without label, or nothing. */
  phone?: "title" | "corner" | "half" | "bare" | "hidden";
}

interface Props<Row> {
  /** What the table holds, for whoever hears it. */
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => number | string;
  /** Where a row leads: its first cell becomes the link, the whole row its target. */
  href?: ((row: Row) => string) | undefined;
  /** `name` ascending, `-name` descending. */
  sort?: string | undefined;
  onSort?: ((sort: string) => void) | undefined;
  ticked?: ReadonlySet<number | string> | undefined;
  onTick?: ((ticked: Set<number | string>) => void) | undefined;
  /** Rows that cannot be ticked have a box that says so; without it, all can. */
  mayTick?: ((row: Row) => boolean) | undefined;
  /** Where a tablet has no room for all columns side by side, figures stand in lines; by themselves, those of many do. */
  lines?: boolean;
  /** A row's name, for the box that ticks it. */
  rowName?: ((row: Row) => string) | undefined;
}

export function DataTable<Row>(props: Props<Row>) {
  const { label, columns, rows, rowKey, ticked, onTick, mayTick } = props;
  const ticking = ticked !== undefined && onTick !== undefined;
  return (
    <section
      className={css.scroll}
      aria-label={label}
      data-wide={columns.length > 6}
      data-lines={props.lines ?? columns.length > 7}
    >
      <table className={css.table} role="table" aria-label={label}>
        <thead role="rowgroup">
          <tr role="row">
            {ticking ? <TickAll {...{ rows, rowKey, ticked, onTick, mayTick }} /> : null}
            {columns.map((column) => (
              <Head key={column.key} column={column} sort={props.sort} onSort={props.onSort} />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <Line key={rowKey(row)} row={row} {...props} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Head<Row>(props: { column: Column<Row>; sort: string | undefined; onSort: Props<Row>["onSort"] }) {
  const { column, sort, onSort } = props;
  const name = column.sort;
  const sortable = name !== undefined && onSort !== undefined;
  const up = sort === name;
  const down = sort === `-${name}`;
  const order = sortable && up ? "ascending" : sortable && down ? "descending" : undefined;
  return (
    <th role="columnheader" scope="col" className={column.right ? css.right : undefined} aria-sort={order}>
      {sortable ? (
        <button type="button" className={css.sort} onClick={() => onSort(up ? `-${name}` : name)}>
          {column.head}
          <span aria-hidden="true">{up ? " ↑" : down ? " ↓" : ""}</span>
        </button>
      ) : (
        column.head
      )}
    </th>
  );
}

type Ticks<Row> = {
  rows: Row[];
  rowKey: Props<Row>["rowKey"];
  ticked: ReadonlySet<number | string>;
  onTick: (ticked: Set<number | string>) => void;
  mayTick: Props<Row>["mayTick"];
};

function TickAll<Row>({ rows, rowKey, ticked, onTick, mayTick }: Ticks<Row>) {
  const { t } = useTranslation();
  const keys = rows.filter((row) => ticked.has(rowKey(row)) || (mayTick?.(row) ?? true)).map(rowKey);
  const all = keys.length > 0 && keys.every((key) => ticked.has(key));
  const some = keys.some((key) => ticked.has(key));
  const turn = () => {
    const next = new Set(ticked);
    for (const key of keys) all ? next.delete(key) : next.add(key);
    onTick(next);
  };
  return (
    <th role="columnheader" scope="col" className={css.tick}>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: Mantine's box is one */}
      <label className={css.reach}>
        <Checkbox
          size="xs"
          checked={all}
          disabled={keys.length === 0}
          indeterminate={some && !all}
          onChange={turn}
          aria-label={t("table.tick_all")}
        />
      </label>
    </th>
  );
}

function Line<Row>(props: { row: Row } & Props<Row>) {
  const { row, columns, rowKey, href, ticked, onTick, rowName, mayTick } = props;
  const { t } = useTranslation();
  const key = rowKey(row);
  const turn = () => {
    const next = new Set(ticked);
    if (!next.delete(key)) next.add(key);
    onTick?.(next);
  };
  const address = href?.(row);
  return (
    <tr role="row" className={address ? css.leading : undefined} data-ticked={ticked?.has(key)}>
      {ticked && onTick ? (
        <td role="cell" className={css.tick}>
          {/* biome-ignore lint/a11y/noLabelWithoutControl: as above */}
          <label className={css.reach}>
            <Checkbox
              size="xs"
              checked={ticked.has(key)}
              disabled={!ticked.has(key) && mayTick?.(row) === false}
              onChange={turn}
              aria-label={t("table.tick", { name: rowName?.(row) ?? String(key) })}
            />
          </label>
        </td>
      ) : null}
      {columns.map((column, at) => (
        <td
          key={column.key}
          role="cell"
          className={column.right ? css.right : undefined}
          data-phone={column.phone ?? "line"}
          data-long={column.long}
        >
          <span className={css.label}>{column.head}</span>
          {at === 0 && address ? (
            <Link href={address} className={css.link}>
              {column.cell(row)}
            </Link>
          ) : (
            <span className={css.value}>{column.cell(row)}</span>
          )}
        </td>
      ))}
    </tr>
  );
}

/* biome-ignore-end lint/a11y/noRedundantRoles: as above */
