/** What was typed into a form over something stored, and not saved, stands in it again after going elsewhere or reloading. */
import { useEffect, useState } from "react";
import { typedBefore, useKeepTyped } from "./kept";

interface Form<Values> {
  values: Values;
  setValues: (values: Values) => void;
  isDirty: () => boolean;
}

/** A form of `useForm` that starts from what is stored: what differs is unsaved. `name`: whose form, in all of the visit. */
export function useKeptForm<Values>(name: string, form: Form<Values>): void {
  const [before] = useState(() => typedBefore<Values>(name));
  const { setValues } = form;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the form opens; then it is the reader's
  useEffect(() => {
    if (before) setValues(before);
  }, []);
  useKeepTyped(name, form.values, form.isDirty());
}
