/** A photo; where it is gone, or never was, a car in outline. */
import { type ComponentProps, useState } from "react";
import { useTranslation } from "react-i18next";
import css from "./desk.module.css";

export function CarOutline() {
  const { t } = useTranslation();
  return (
    <svg viewBox="0 0 56 28" fill="none" stroke="currentColor" strokeWidth="2">
      <title>{t("vehicle.no_photo")}</title>
      <path d="M4 20h-1v-6l8-2 7-7h16l9 7 9 2v6h-4M15 20h24" strokeLinejoin="round" />
      <circle cx="10" cy="21" r="4.5" />
      <circle cx="43" cy="21" r="4.5" />
    </svg>
  );
}

export function PhotoImage({ src, alt, ...rest }: ComponentProps<"img"> & { src: string; alt: string }) {
  const [gone, setGone] = useState<string | null>(null);
  if (gone === src)
    return (
      <span className={css.gone}>
        <CarOutline />
      </span>
    );
  return <img decoding="async" {...rest} src={src} alt={alt} onError={() => setGone(src)} />;
}
