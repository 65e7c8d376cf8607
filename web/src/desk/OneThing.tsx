/** A page over one thing of the house: while it comes, where there is no such thing for the reader, when reading fails. */
import { Skeleton } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { HttpProblem } from "../wire/http";
import { Lost, lossOf, NotFresh } from "./fresh";
import { NotFound } from "./NotFound";

interface Props<Thing> {
  read: UseQueryResult<Thing>;
  children: (thing: Thing) => ReactNode;
}

export function OneThing<Thing>({ read, children }: Props<Thing>) {
  if (read.isPending) return <Skeleton height={320} radius="md" aria-busy="true" />;
  if (read.error instanceof HttpProblem && read.error.status === 404) return <NotFound />;
  if (read.data === undefined || lossOf(read)) return <Lost read={read} />;
  return (
    <>
      <NotFresh read={read} />
      {children(read.data)}
    </>
  );
}
