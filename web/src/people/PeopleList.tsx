/** A page of lists: its title and what can be made there, its neighbours, filters, and the list with its file. */
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import desk from "../desk/desk.module.css";
import { Empty, usePageTitle } from "../desk/pieces";
import { EntityFilter } from "../desk/table/EntityFilter";
import { ListFrame, type Paged, Tools } from "../desk/table/ListFrame";
import { type ListSearch, useListSearch } from "../desk/table/search";

/** The list as its address asks for it: of one entity, or of all. */
export function useEntitySearch(): { search: ListSearch; entity: number | undefined } {
  const search = useListSearch();
  return { search, entity: Number(search.value("entity")) || undefined };
}

interface Props<List extends Paged<unknown>> {
  title: string;
  /** What can be made here, by whoever may. */
  deed?: ReactNode;
  /** The pages beside this one. */
  tabs: ReactNode;
  search: ListSearch;
  /** Filters beside the entity's. */
  tools?: ReactNode;
  list: UseQueryResult<List>;
  empty: string;
  foot: ReactNode;
  children: (items: List["items"]) => ReactNode;
}

export function PeopleList<List extends Paged<unknown>>(props: Props<List>) {
  const { title, deed, tabs, search, tools, list, empty, foot, children } = props;
  usePageTitle(title);
  return (
    <>
      <div className={desk.heading}>
        <h1>{title}</h1>
        {deed}
      </div>
      {tabs}
      <Tools>
        {tools}
        <EntityFilter search={search} />
      </Tools>
      <ListFrame list={list} search={search} empty={<Empty>{empty}</Empty>} foot={foot}>
        {({ items }) => children(items)}
      </ListFrame>
    </>
  );
}
