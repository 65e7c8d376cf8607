/** Photos as a gallery turns them over: where each is read, what it shows, which comes next. Pure. */

export interface Shot {
  address: string;
  thumbnail: string;
  /** What it shows beside the vehicle: a defect's name, a caption. */
  what: string | null;
}

/** Where a step leads: round from the last to the first, and back. */
export function turned(at: number, by: number, count: number): number {
  return count === 0 ? 0 : (((at + by) % count) + count) % count;
}

/** Which photo a key leads to; none: it is not the gallery's. */
export function led(key: string, at: number, count: number): number | undefined {
  return {
    ArrowLeft: turned(at, -1, count),
    ArrowRight: turned(at, 1, count),
    Home: 0,
    End: Math.max(0, count - 1),
  }[key];
}
