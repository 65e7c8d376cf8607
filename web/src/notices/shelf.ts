/**
 * Which notices stand in the corner at once: a few, on a small screen one, the newest; bad news before the rest, and what
 * finds no place is only counted. Pure; who draws them says when one has gone.
 */

/** How many stand at a desk, beside the line that counts the others. */
export const PLACES = 3;
/** Where a screen has room for what one works with and little else: the newest, which counts the others itself. */
export const SMALL_PLACES = 1;

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

/**
 * Bad news takes the place of the oldest news that is not, if all are taken; one that stands already stays where it is.
 * Where there is one place, the newest of a kind takes it, too.
 */
export function place(standing: readonly Standing[], next: Standing, places = PLACES): Placed {
  if (standing.some(({ id }) => id === next.id)) return { standing: [...standing], shown: true };
  if (standing.length < places) return { standing: [...standing, next], shown: true };
  const plain = standing.find(({ bad }) => !bad);
  const yields = places > SMALL_PLACES ? next.bad && plain : (plain ?? (next.bad && standing[0]));
  if (!yields) return { standing: [...standing], shown: false };
  return { standing: [...standing.filter((one) => one !== yields), next], shown: true, gone: yields.id };
}
