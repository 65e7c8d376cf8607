/** The states of a list as tabs, each with how many it holds; which one is shown is kept in the address. */
import { Tabs } from "@mantine/core";
import type { ReactNode } from "react";
import { useLanguage } from "../../language";
import { bringIntoView } from "../in-view";
import { formatCount } from "../times";
import css from "./frame.module.css";
import type { ListSearch } from "./search";

interface Props<State extends string> {
  /** What the tabs choose between, for whoever hears it. */
  label: string;
  search: ListSearch;
  /** The address's name for it. */
  name?: string;
  /** The first is shown where the address says none. */
  states: readonly [State, ...State[]];
  word: (state: State) => string;
  /** How many a state holds, under the search and filters of the moment: a `Count`. */
  count: (state: State) => ReactNode;
  /** Beside the tabs: search and filters. */
  tools?: ReactNode;
  children: (state: State) => ReactNode;
}

export function StateTabs<State extends string>(props: Props<State>) {
  const { label, search, name = "state", states, word, count, tools, children } = props;
  const state = states.find((one) => one === search.value(name)) ?? states[0];
  return (
    <Tabs
      value={state}
      keepMounted={false}
      onChange={(next) => search.change({ [name]: next === states[0] ? undefined : (next ?? undefined) })}
    >
      <div className={css.states}>
        <Tabs.List aria-label={label}>
          {states.map((one) => (
            <Tabs.Tab
              key={one}
              value={one}
              ref={one === state ? bringIntoView : undefined}
              rightSection={count(one)}
            >
              {word(one)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tools}
      </div>
      <Tabs.Panel value={state}>{children(state)}</Tabs.Panel>
    </Tabs>
  );
}

/** How many; until it is known its place is kept, so that nothing moves and the chosen tab stays in view. */
export function Count({ of }: { of: number | undefined }) {
  const language = useLanguage();
  return (
    <span className={css.count} data-known={of !== undefined}>
      {of === undefined ? "\u00a0" : formatCount(of, language)}
    </span>
  );
}
