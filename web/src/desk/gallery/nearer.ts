/**
 * Looking at the photo in sight from nearer: it grows about the point that was asked for, and is moved by scrolling, by
 * fingers, by a mouse that holds it, by arrows; whatever turns the photos ends it.
 */
import { type PointerEvent, type RefObject, useLayoutEffect, useState } from "react";

/** How much larger than the stage would have it. */
const NEARER = 2.5;
const STEP = 90;
const STEPS: Record<string, readonly [x: number, y: number]> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

/** A point of the screen. */
interface Point {
  clientX: number;
  clientY: number;
}

/** Which share of the way from `from` a point has gone, over a length. */
const share = (point: number, from: number, length: number) =>
  length > 0 ? Math.min(1, Math.max(0, (point - from) / length)) : 0.5;

export function useNearer(stage: RefObject<HTMLElement | null>, at: number) {
  const [asked, ask] = useState<{ at: number; width: number; x: number; y: number } | null>(null);
  const near = asked?.at === at ? asked : null;
  const frame = () => stage.current?.children[at];

  useLayoutEffect(() => {
    const holder = near && stage.current?.children[near.at];
    if (!holder) return;
    holder.scrollLeft = near.x * holder.scrollWidth - holder.clientWidth / 2;
    holder.scrollTop = near.y * holder.scrollHeight - holder.clientHeight / 2;
  }, [near, stage]);

  const farther = () => ask(null);
  const turn = (point?: Point) => {
    const photo = frame()?.querySelector("img");
    if (near) farther();
    else if (photo) {
      const { left, top, width, height } = photo.getBoundingClientRect();
      const [x, y] = point
        ? [share(point.clientX, left, width), share(point.clientY, top, height)]
        : [0.5, 0.5];
      ask({ at, width: width * NEARER, x, y });
    }
  };
  /** Whether the key was its own. */
  const key = (name: string): boolean => {
    const step = near && STEPS[name];
    if (step) frame()?.scrollBy(...step);
    if (name.toLowerCase() === "z") turn();
    return Boolean(step) || name.toLowerCase() === "z";
  };
  const drag = ({ pointerType, buttons, movementX, movementY }: PointerEvent) => {
    if (near && pointerType === "mouse" && buttons === 1) frame()?.scrollBy(-movementX, -movementY);
  };
  return { width: near?.width, turn, farther, key, drag };
}
