/**
 * A vehicle's photos over the whole page: turned by arrows, by swiping, by thumbnails; only the photo in sight and its
 * neighbours are fetched in full. A native dialog: it keeps the focus, gives it back, and closes on Escape.
 */
import "./words";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Vehicle, vehicleName } from "../../auctions/api";
import { Icon } from "../../desk/Icon";
import { PhotoImage } from "../../desk/PhotoImage";
import { Picture } from "../Photo";
import { type Shot, shotsOf, turned } from "../photos";
import css from "./gallery.module.css";

const CROSS = "M6 6l12 12M18 6 6 18";
const LEFT = "M15 5l-7 7 7 7";
const RIGHT = "M9 5l7 7-7 7";
const FULL = "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5";

interface Props {
  vehicle: Vehicle;
  from: number;
  close: () => void;
}

export default function Gallery({ vehicle, from, close }: Props) {
  const { t } = useTranslation("sheet");
  const shots = shotsOf(vehicle);
  const { dialog, stage, at, show, seen } = useTurning(shots.length, from);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: turned(at, -1, shots.length), ArrowRight: turned(at, 1, shots.length) }[
      event.key
    ];
    const end = { Home: 0, End: shots.length - 1 }[event.key];
    const next = step ?? end;
    if (next !== undefined) {
      event.preventDefault();
      show(next);
    }
    if (event.key === "f" || event.key === "F") fillScreen(dialog.current);
  };
  const defect = shots[at]?.defect;
  return (
    <dialog
      ref={dialog}
      className={css.gallery}
      aria-label={t("gallery.label", { name: vehicleName(vehicle) })}
      onClose={close}
      onKeyDown={onKeyDown}
    >
      <div className={css.head}>
        <b>{vehicleName(vehicle)}</b>
        <span aria-live="polite">
          {t("gallery.place", { n: at + 1, count: shots.length })}
          {defect ? ` · ${defect}` : ""}
        </span>
        <button type="button" title={t("gallery.full")} onClick={() => fillScreen(dialog.current)}>
          <Icon path={FULL} size={20} />
          <span className={css.hidden}>{t("gallery.full")}</span>
        </button>
        <button type="button" title={t("gallery.close")} onClick={() => dialog.current?.close()}>
          <Icon path={CROSS} size={20} />
          <span className={css.hidden}>{t("gallery.close")}</span>
        </button>
      </div>
      <div className={css.room}>
        <Stage {...{ shots, at, seen, stage }} />
        {shots.length > 1 ? (
          <>
            <Turn path={LEFT} says={t("gallery.previous")} turn={() => show(turned(at, -1, shots.length))} />
            <Turn
              path={RIGHT}
              says={t("gallery.next")}
              turn={() => show(turned(at, 1, shots.length))}
              right
            />
          </>
        ) : null}
      </div>
      <Thumbs {...{ shots, at, show }} />
      <p className={css.hint}>{t("gallery.hint")}</p>
    </dialog>
  );
}

/** Which photo is in sight: moved by `show`, or by whoever swipes the stage, which scrolls by itself. */
function useTurning(count: number, from: number) {
  const dialog = useRef<HTMLDialogElement>(null);
  const stage = useRef<HTMLUListElement>(null);
  const [at, setAt] = useState(Math.min(from, count - 1));
  const show = (next: number) => {
    stage.current?.scrollTo({ left: next * stage.current.clientWidth, behavior: "instant" });
    setAt(next);
  };
  const first = useRef(at);
  useEffect(() => {
    const shown = dialog.current;
    if (shown && !shown.open) shown.showModal();
    stage.current?.scrollTo({ left: first.current * stage.current.clientWidth, behavior: "instant" });
  }, []);
  const seen = () => {
    const { current } = stage;
    if (current && current.clientWidth > 0) setAt(Math.round(current.scrollLeft / current.clientWidth));
  };
  return { dialog, stage, at, show, seen };
}

function fillScreen(dialog: HTMLDialogElement | null) {
  if (document.fullscreenElement) void document.exitFullscreen();
  else void dialog?.requestFullscreen?.();
}

interface StageProps {
  shots: Shot[];
  at: number;
  seen: () => void;
  stage: React.RefObject<HTMLUListElement | null>;
}

function Stage({ shots, at, seen, stage }: StageProps) {
  const { t } = useTranslation("sheet");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <ul ref={stage} className={css.stage} onScroll={seen} tabIndex={0} aria-label={t("photos")}>
      {shots.map(({ address, defect }, place) => (
        <li key={address} aria-hidden={place !== at}>
          {Math.abs(place - at) <= 1 ? (
            <PhotoImage
              src={address}
              alt={t("gallery.photo", { n: place + 1, what: defect ?? t("of_vehicle") })}
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
  const { t } = useTranslation("sheet");
  const current = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the one in sight changes with `at`
  useEffect(() => {
    current.current?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [at]);
  if (shots.length < 2) return null;
  return (
    <ul className={css.thumbs} aria-label={t("photos")}>
      {shots.map(({ address, thumbnail, defect }, place) => (
        <li key={address}>
          <button
            ref={place === at ? current : null}
            type="button"
            aria-current={place === at}
            aria-label={t("look_at", { n: place + 1, what: defect ?? t("of_vehicle") })}
            onClick={() => show(place)}
          >
            <Picture thumbnail={thumbnail} name="" />
          </button>
        </li>
      ))}
    </ul>
  );
}
