/** A filter of few values above a list, kept in the address under `name`; its first choice is "any". */
import { NativeSelect } from "@mantine/core";
import css from "./frame.module.css";
import type { ListSearch } from "./search";

interface Props {
  search: ListSearch;
  name: string;
  label: string;
  any: string;
  options: { value: string; label: string }[];
  /** Filters that mean nothing once this one changes. */
  frees?: readonly string[];
}

export function Filter({ search, name, label, any, options, frees = [] }: Props) {
  return (
    <NativeSelect
      className={css.filter ?? ""}
      aria-label={label}
      value={search.value(name)}
      onChange={(event) =>
        search.change({
          ...Object.fromEntries(frees.map((freed) => [freed, ""])),
          [name]: event.currentTarget.value,
        })
      }
      data={[{ value: "", label: any }, ...options]}
    />
  );
}
