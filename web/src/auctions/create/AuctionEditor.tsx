/** The form of an auction, new or changed: choices above, the chosen vehicles with their prices, the stock to choose from, totals in sight. */
import { Alert, Button } from "@mantine/core";
import type { UseMutationResult } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useEffect, useReducer, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useServerNow } from "../../auction/follow";
import { typedBefore, useKeepTyped } from "../../desk/form/kept";
import { isOutdated } from "../../desk/form/Outdated";
import { useMay, useMe } from "../../desk/me";
import { Audience } from "./Audience";
import type { StockVehicle } from "./api";
import css from "./create.module.css";
import { type Changed, type Editing, EditingProvider } from "./editing";
import { type Form, type KeptForm, kept, problemsOf, revived } from "./form";
import { PriceSheet } from "./PriceSheet";
import { useRefused } from "./refused";
import { sheetOf } from "./sheet";
import { Terms } from "./Terms";
import { Totals } from "./Totals";
import { VehiclePicker } from "./VehiclePicker";

const NOW_EVERY_MS = 15_000;
/** Where the form itself says what is wrong. */
const SHOWN = [
  "start",
  "duration",
  "increment",
  "audience",
  "lot.starting",
  "lot.reserve",
  "window",
  "extension",
];

interface Props<Body> {
  /** Under what the typed form is kept for as long as it is not sent. */
  name: string;
  initial: Form;
  /** The vehicles of the initial form. */
  known: StockVehicle[];
  changing: Changed | null;
  /** What the button says; `told`: how many will be told, once that is known. */
  deed: (form: Form, told: number | undefined) => string;
  bodyOf: (form: Form, vehicles: StockVehicle[]) => Body;
  sending: UseMutationResult<{ id: number }, unknown, Body>;
  /** A colleague has saved the same auction meanwhile: what is said of it, and the ways on. */
  conflict?: ReactNode;
}

export function AuctionEditor<Body>(props: Props<Body>) {
  const { name, initial, sending } = props;
  const { t } = useTranslation("dealer");
  const typed = useTypedForm(name, initial, sending.isSuccess);
  const { editing, tryIt } = useEditingOf(props, typed);
  const whole = useRef<HTMLFormElement>(null);
  // Each try leads to what is wrong then, though it be the same as before.
  const [tries, again] = useReducer((count: number) => count + 1, 0);
  const led = useRef(0);
  useEffect(() => {
    if (led.current === tries || (editing.problems.size === 0 && !sending.isError)) return;
    led.current = tries;
    whole.current?.querySelector<HTMLElement>("[aria-invalid=true], [data-wrong]")?.focus();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (sending.isPending) return;
    again();
    if (!tryIt()) return;
    sending.mutate(props.bodyOf(editing.form, editing.vehicles));
  };
  return (
    <EditingProvider editing={editing}>
      <form className={css.form} onSubmit={submit} noValidate ref={whole}>
        {typed.restored ? (
          <Alert color="blue" className={css.restored ?? ""}>
            {t("create.restored")}{" "}
            <Button variant="subtle" size="compact-sm" onClick={typed.reset}>
              {t("create.start_again")}
            </Button>
          </Alert>
        ) : null}
        <div className={css.upper}>
          <Terms />
          <Audience />
        </div>
        <PriceSheet />
        <VehiclePicker />
        {props.conflict}
        <Totals
          deed={props.deed}
          busy={sending.isPending}
          error={isOutdated(sending.error) ? null : sending.error}
          shown={[...SHOWN, "vehicles"]}
        />
      </form>
    </EditingProvider>
  );
}

interface TypedForm {
  form: Form;
  change: (changed: Partial<Form>) => void;
  restored: boolean;
  reset: () => void;
}

/** What is typed, kept until it is sent: it is there again after a reload or a look elsewhere. */
function useTypedForm(name: string, initial: Form, sent: boolean): TypedForm {
  const [before] = useState(() => typedBefore<KeptForm>(name));
  const [form, setForm] = useState<Form>(() => (before ? revived(before) : initial));
  const [restored, setRestored] = useState(before !== null);
  const unsaved = !sent && JSON.stringify(kept(form)) !== JSON.stringify(kept(initial));
  useKeepTyped(name, kept(form), unsaved);
  return {
    form,
    change: (changed) => setForm((now) => ({ ...now, ...changed })),
    restored,
    reset: () => {
      setForm(initial);
      setRestored(false);
    },
  };
}

function useEditingOf<Body>(
  props: Props<Body>,
  { form, change }: TypedForm,
): { editing: Editing; tryIt: () => boolean } {
  const { known, changing, sending } = props;
  const refusedOf = useRefused();
  const now_ms = useServerNow(NOW_EVERY_MS) ?? Date.now();
  const [more, setMore] = useState<ReadonlyMap<number, StockVehicle>>(new Map());
  const [tried, setTried] = useState(false);
  const vehicles = [...new Map([...known, ...more.values()].map((one) => [one.id, one])).values()];
  const sheet = sheetOf(form, vehicles);
  const problems = problemsOf(form, vehicles, now_ms);
  const ids = sheet.lines.map(({ vehicle }) => vehicle.id);
  const entity = useSellerOf(sheet.lines[0]?.vehicle.entity);
  const editing: Editing = {
    form,
    change,
    choose: (chosen, gone) => {
      setMore((before) => new Map([...before, ...chosen.map((one) => [one.id, one] as const)]));
      const next = new Map(form.chosen);
      for (const id of gone) next.delete(id);
      for (const { id } of chosen) next.set(id, { starting: "", reserve: "" });
      change({ chosen: next });
    },
    type: (id, typed) => {
      const before = form.chosen.get(id) ?? { starting: "", reserve: "" };
      change({ chosen: new Map(form.chosen).set(id, { ...before, ...typed }) });
    },
    vehicles,
    sheet,
    entity,
    problems: tried ? problems : new Map(),
    refused: sending.error && !isOutdated(sending.error) ? refusedOf(sending.error, ids) : {},
    changing,
  };
  const tryIt = () => {
    setTried(true);
    return problems.size === 0;
  };
  return { editing, tryIt };
}

/** The entity of the chosen vehicles; before any is chosen, the only one for which the reader may sell. */
function useSellerOf(chosen: number | undefined): number | undefined {
  const { entities } = useMe();
  const may = useMay();
  const own = entities.filter(({ id }) => may("run_stock_auctions", id));
  return chosen ?? (own.length === 1 ? own[0]?.id : undefined);
}
