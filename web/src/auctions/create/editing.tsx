/** The form of an auction while it is typed: its values, the vehicles it knows, what is wrong, for all of its parts. */
import { createContext, type ReactNode, useContext } from "react";
import { useTranslation } from "react-i18next";
import type { StockVehicle } from "./api";
import type { Form, Problems, Typed } from "./form";
import type { Places } from "./refused";
import type { Sheet } from "./sheet";

export interface Editing {
  form: Form;
  change: (changed: Partial<Form>) => void;
  /** Chooses vehicles and lets go of others, by id. */
  choose: (chosen: StockVehicle[], gone: number[]) => void;
  type: (vehicle: number, typed: Partial<Typed>) => void;
  vehicles: StockVehicle[];
  sheet: Sheet;
  /** The entity that sells: that of the chosen vehicles, or the only one that may. */
  entity: number | undefined;
  /** Shown only once it was tried to send the form. */
  problems: Problems;
  refused: Places;
  /** The auction that is changed; a new one has none. */
  changing: Changed | null;
}

export interface Changed {
  auction: number;
  list_name: string | null;
  audience_count: number;
}

const EditingContext = createContext<Editing | null>(null);

export function EditingProvider({ editing, children }: { editing: Editing; children: ReactNode }) {
  return <EditingContext value={editing}>{children}</EditingContext>;
}

export function useEditing(): Editing {
  const editing = useContext(EditingContext);
  if (!editing) throw new Error("no form of an auction around this part of it");
  return editing;
}

/** What a field says is wrong: our own words first, else the server's. */
export function useWrong(): (place: string) => string | undefined {
  const { t } = useTranslation("dealer");
  const { problems, refused } = useEditing();
  return (place) => {
    const problem = problems.get(place);
    return problem ? t(`create.${problem}`) : refused[place];
  };
}
