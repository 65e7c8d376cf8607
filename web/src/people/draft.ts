/** A form over something stored: as it is stored until somebody types; what is typed and not saved is kept for the visit. */
import { useState } from "react";
import { typedBefore, useKeepTyped } from "../desk/form/kept";

export interface Draft<Values> {
  values: Values;
  change: (changed: Partial<Values>) => void;
  unsaved: boolean;
  /** Back to what is stored: after saving, or to give up. */
  reset: () => void;
}

export function useDraft<Values extends object>(name: string, stored: Values): Draft<Values> {
  const [typed, setTyped] = useState<Values | null>(() => typedBefore<Values>(name));
  const values = typed ?? stored;
  const unsaved = JSON.stringify(values) !== JSON.stringify(stored);
  useKeepTyped(name, values, unsaved);
  return {
    values,
    change: (changed) => setTyped({ ...values, ...changed }),
    unsaved,
    reset: () => setTyped(null),
  };
}
