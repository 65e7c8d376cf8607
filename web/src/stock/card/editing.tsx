/** Which sections of the card are being typed, shared by all of its parts: what lacks a field opens where it is filled in. */
import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { typedBefore } from "../../desk/form/kept";
import { useMay, useMe } from "../../desk/me";
import type { VehicleSheet } from "../../wire/generated/http";

const PARTS = [
  "what",
  "registration",
  "place",
  "prices",
  "condition",
  "inspections",
  "comments",
  "battery",
  "equipment",
  "repairs",
  "service_contracts",
  "defects",
] as const;

export type PartName = (typeof PARTS)[number];

interface Card {
  sheet: VehicleSheet;
  /** Whether the reader manages this stock. */
  may: boolean;
  reader: number;
  editing: ReadonlySet<string>;
  edit: (section: PartName, open: boolean) => void;
  /** Opens it and goes there. */
  goTo: (section: PartName) => void;
}

const CardContext = createContext<Card | null>(null);

export function useCard(): Card {
  const card = useContext(CardContext);
  if (!card) throw new Error("no card around this section");
  return card;
}

export function CardProvider({ sheet, children }: { sheet: VehicleSheet; children: ReactNode }) {
  const { id: reader } = useMe();
  const may = useMay()("manage_stock", sheet.entity);
  // What was typed before and never saved opens by itself.
  const [editing, setEditing] = useState<ReadonlySet<string>>(
    () =>
      new Set(PARTS.filter((part) => may && typedBefore(`vehicle-${reader}-${sheet.id}-${part}`) !== null)),
  );
  const card = useMemo<Card>(() => {
    const edit = (section: PartName, open: boolean) =>
      setEditing((before) => {
        const next = new Set(before);
        if (open) next.add(section);
        else next.delete(section);
        return next;
      });
    return {
      sheet,
      may,
      reader,
      editing,
      edit,
      goTo: (section) => {
        if (may) edit(section, true);
        // Once it is open.
        requestAnimationFrame(() => {
          const place = document.getElementById(`section-${section}`);
          place?.scrollIntoView({ block: "start" });
          place?.querySelector<HTMLElement>("input, textarea, button")?.focus({ preventScroll: true });
        });
      },
    };
  }, [sheet, may, reader, editing]);
  return <CardContext value={card}>{children}</CardContext>;
}
