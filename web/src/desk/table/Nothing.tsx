/** A list without a line: nothing that one looks for, and the way back to all of it; or nothing yet, and what comes first. */
import { Button } from "@mantine/core";
import { Link } from "wouter";
import { Empty } from "../pieces";

interface Way {
  says: string;
  href: string;
}

interface Props {
  /** Whether words or filters leave something out. */
  narrowed: boolean;
  nothing: string;
  all: Way;
  empty: string;
  /** Absent: it is not the reader's to do. */
  first: Way | null;
}

export function Nothing({ narrowed, nothing, all, empty, first }: Props) {
  if (narrowed)
    return (
      <Empty
        action={
          <Button component={Link} href={all.href} variant="default">
            {all.says}
          </Button>
        }
      >
        {nothing}
      </Empty>
    );
  return (
    <Empty
      action={
        first ? (
          <Button component={Link} href={first.href}>
            {first.says}
          </Button>
        ) : null
      }
    >
      {empty}
    </Empty>
  );
}
