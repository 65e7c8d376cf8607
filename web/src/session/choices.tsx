/** The two choices anybody may make at any time: the language, one click away, and light or dark. */
import { ActionIcon, Button, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { chooseLanguage, useLanguage } from "../language";

export function LanguageButton() {
  const { t } = useTranslation();
  const language = useLanguage();
  const other = language === "fr" ? "en" : "fr";
  return (
    <Button
      variant="default"
      size="compact-sm"
      lang={other}
      title={t("nav.language_hint")}
      aria-label={t("nav.language")}
      onClick={() => chooseLanguage(other)}
    >
      {other.toUpperCase()}
    </Button>
  );
}

const SUN =
  "M12 7a5 5 0 1 0 0 10 5 5 0 0 0 0-10ZM12 1v3M12 20v3M1 12h3M20 12h3M4.2 4.2l2.1 2.1M17.7 17.7l2.1 2.1M19.8 4.2l-2.1 2.1M6.3 17.7l-2.1 2.1";
const MOON = "M20.5 14.2A8.5 8.5 0 0 1 9.8 3.5a8.5 8.5 0 1 0 10.7 10.7Z";

/** Whoever turns to what the device shows anyway follows it from then on, at nightfall too. */
const chosen = (dark: boolean) =>
  dark === window.matchMedia("(prefers-color-scheme: dark)").matches ? "auto" : dark ? "dark" : "light";

export function ThemeButton() {
  const { t } = useTranslation();
  // The usual short stop of transitions would need a style element, which the page's policy forbids.
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const dark = useComputedColorScheme("light") === "dark";
  const label = dark ? t("nav.to_light") : t("nav.to_dark");
  return (
    <ActionIcon
      variant="default"
      size="md"
      title={label}
      aria-label={label}
      onClick={() => setColorScheme(chosen(!dark))}
    >
      <svg
        width="16"
        height="16"
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        <path d={dark ? SUN : MOON} />
      </svg>
    </ActionIcon>
  );
}
