/**
 * A vehicle's photos over the whole page: turned by arrows, by swiping, by thumbnails; only the photo in sight and its
 * neighbours are fetched in full, and the one in sight can be looked at from nearer. A native dialog: it keeps the focus,
 * gives it back, and closes on Escape. Whoever shows it says what the photos are; what else can be done with one of them
 * stands below it.
 */
import "./words";
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../Icon";
import { PhotoImage } from "../PhotoImage";
import css from "./gallery.module.css";
import { useNearer } from "./nearer";
import { led, type Shot, turned } from "./shots";

const CROSS = "M6 6l12 12M18 6 6 18";
const LEFT = "M15 5l-7 7 7 7";
const RIGHT = "M9 5l7 7-7 7";
const NEARER = "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M15.5 15.5 20 20M10.5 8v5M8 10.5h5";
const FARTHER = "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M15.5 15.5 20 20M8 10.5h5";
const FULL = "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5";

/** How far, in photos, a glide may have carried what is shown. */
const ASTRAY = 0.02;

interface Props {
  /** Whose photos they are. */
  name: string;
  shots: Shot[];
  /** The one to begin with. */
  from: number;
  close: () => void;
  /** Below the photo in sight. */
  below?: (at: number) => ReactNode;
}

export function Gallery({ name, shots, from, close, below }: Props) {
  const { t } = useTranslation("gallery");
  const { dialog, stage, at, show } = useTurning(shots.length, from);
  const nearer = useNearer(stage.ref, at);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey) return;
    const own = nearer.key(event.key);
    const next = own ? undefined : led(event.key, at, shots.length);
    if (next !== undefined) show(next);
    if (own || next !== undefined) event.preventDefault();
    if (event.key === "f" || event.key === "F") fillScreen(dialog.current);
  };
  return (
    <dialog
      ref={dialog}
      className={css.gallery}
      aria-label={t("label", { name })}
      onClose={close}
      onCancel={(event) => {
        if (nearer.width === undefined) return;
        event.preventDefault();
        nearer.farther();
      }}
      onKeyDown={onKeyDown}
    >
      <Head {...{ name, shots, at, nearer, dialog }} />
      <div className={css.room}>
        <Stage shots={shots} at={at} turning={stage} nearer={nearer} />
        {shots.length > 1 ? (
          <>
            <Turn path={LEFT} says={t("previous")} turn={() => show(turned(at, -1, shots.length))} />
            <Turn path={RIGHT} says={t("next")} turn={() => show(turned(at, 1, shots.length))} right />
          </>
        ) : null}
      </div>
      <Thumbs {...{ shots, at, show }} />
      {below ? <div className={css.below}>{below(at)}</div> : null}
      <p className={css.hint}>{t("hint")}</p>
    </dialog>
  );
}

type Nearer = ReturnType<typeof useNearer>;

/** Whose photos, which of them, and what can be done with the one in sight. */
function Head(props: {
  name: string;
  shots: Shot[];
  at: number;
  nearer: Nearer;
  dialog: RefObject<HTMLDialogElement | null>;
}) {
  const { t } = useTranslation("gallery");
  const { name, shots, at, nearer, dialog } = props;
  const what = shots[at]?.what;
  const isNear = nearer.width !== undefined;
  return (
    <div className={css.head}>
      <b>{name}</b>
      <span aria-live="polite">
        {t("place", { n: at + 1, count: shots.length })}
        {what ? ` · ${what}` : ""}
      </span>
      <Deed
        path={isNear ? FARTHER : NEARER}
        says={t(isNear ? "farther" : "nearer")}
        act={() => nearer.turn()}
      />
      <Deed path={FULL} says={t("full")} act={() => fillScreen(dialog.current)} />
      <Deed path={CROSS} says={t("close")} act={() => dialog.current?.close()} />
    </div>
  );
}

function Deed({ path, says, act }: { path: string; says: string; act: () => void }) {
  return (
    <button type="button" title={says} onClick={act}>
      <Icon path={path} size={20} />
      <span className={css.hidden}>{says}</span>
    </button>
  );
}

/**
 * Which photo is in sight: moved by `show`, or by whoever swipes the stage, which scrolls by itself. A swipe glides on for
 * a moment: what is shown meanwhile stands against it, until somebody takes hold of the stage again.
 */
function useTurning(count: number, from: number) {
  const dialog = useRef<HTMLDialogElement>(null);
  const stage = useRef<HTMLUListElement>(null);
  const wanted = useRef<number | null>(from);
  const [asked, setAt] = useState(from);
  // There may be fewer meanwhile.
  const at = Math.max(0, Math.min(asked, count - 1));
  const scroll = (to: number) =>
    stage.current?.scrollTo({ left: to * stage.current.clientWidth, behavior: "instant" });
  const show = (next: number) => {
    wanted.current = next;
    scroll(next);
    setAt(next);
  };
  const first = useRef(() => scroll(at));
  useEffect(() => {
    const shown = dialog.current;
    if (shown && !shown.open) shown.showModal();
    first.current();
  }, []);
  const seen = () => {
    const { current } = stage;
    if (!current || current.clientWidth === 0) return;
    const place = current.scrollLeft / current.clientWidth;
    if (wanted.current === null) setAt(Math.round(place));
    else if (Math.abs(place - wanted.current) > ASTRAY) scroll(wanted.current);
  };
  const hold = () => {
    wanted.current = null;
  };
  return { dialog, at, show, stage: { ref: stage, onScroll: seen, onPointerDown: hold, onWheel: hold } };
}

function fillScreen(dialog: HTMLDialogElement | null) {
  if (document.fullscreenElement) void document.exitFullscreen();
  else void dialog?.requestFullscreen?.();
}

interface StageProps {
  shots: Shot[];
  at: number;
  turning: ReturnType<typeof useTurning>["stage"];
  nearer: Nearer;
}

function Stage({ shots, at, turning, nearer }: StageProps) {
  const { t } = useTranslation("gallery");
  return (
    <ul
      {...turning}
      className={css.stage}
      data-near={nearer.width !== undefined}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
      aria-label={t("photos")}
      onDoubleClick={nearer.turn}
      onPointerMove={nearer.drag}
    >
      {shots.map(({ address, what }, place) => (
        <li key={address} aria-hidden={place !== at}>
          {Math.abs(place - at) <= 1 ? (
            <PhotoImage
              src={address}
              alt={t("photo", { n: place + 1, what: what ?? t("of_vehicle") })}
              draggable={false}
              style={place === at ? { width: nearer.width } : undefined}
            />
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function Turn(props: { path: string; says: string; turn: () => void; right?: boolean }) {
  return (
    <button
      type="button"
      className={css.turn}
      data-right={props.right}
      title={props.says}
      onClick={props.turn}
    >
      <Icon path={props.path} size={24} />
      <span className={css.hidden}>{props.says}</span>
    </button>
  );
}

function Thumbs({ shots, at, show }: { shots: Shot[]; at: number; show: (next: number) => void }) {
  const { t } = useTranslation("gallery");
  const current = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the one in sight changes with `at`
  useEffect(() => {
    current.current?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [at]);
  if (shots.length < 2) return null;
  return (
    <ul className={css.thumbs} aria-label={t("photos")}>
      {shots.map(({ address, thumbnail, what }, place) => (
        <li key={address}>
          <button
            ref={place === at ? current : null}
            type="button"
            aria-current={place === at}
            aria-label={t("look_at", { n: place + 1, what: what ?? t("of_vehicle") })}
            onClick={() => show(place)}
          >
            <PhotoImage src={thumbnail} alt="" loading="lazy" />
          </button>
        </li>
      ))}
    </ul>
  );
}
