/**
 * Which notices stand in the corner at once: a few, bad news before the rest, and what finds no place is only counted.
 * Pure; who draws them says when one has gone.
 */

/** How many stand there beside the line that counts the others. */
export const PLACES = 3;

export interface Standing {
  id: string;
  bad: boolean;
}

export interface Placed {
  standing: Standing[];
  /** Whether it found a place. */
  shown: boolean;
  /** What had to go for it. */
  gone?: string;
}

/** Bad news takes the place of the oldest news that is not, if all are taken; one that stands already stays where it is. */
export function place(standing: readonly Standing[], next: Standing): Placed {
  if (standing.some(({ id }) => id === next.id)) return { standing: [...standing], shown: true };
  if (standing.length < PLACES) return { standing: [...standing, next], shown: true };
  const yields = next.bad ? standing.find(({ bad }) => !bad) : undefined;
  if (!yields) return { standing: [...standing], shown: false };
  return { standing: [...standing.filter((one) => one !== yields), next], shown: true, gone: yields.id };
}
