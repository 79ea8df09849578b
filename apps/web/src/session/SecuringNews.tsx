import type { ReactElement } from "react";
import { useLanguage } from "../kernel/catalog/index.ts";
import { ButtonLink } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import css from "./AccountNews.module.css";
import { useMe, useTimeWords } from "./me.ts";

const words = {
  id: { label: "Keamanan akun Anda", sentence: (date: string): string => `Pasang kunci masuk atau kode autentikator sebelum ${date}; sesudah itu kata sandi saja tidak cukup.`, open: "Amankan sekarang" },
  en: { label: "Safety of your account", sentence: (date: string): string => `Set up a passkey or an authenticator code before ${date}; after that a password alone is not enough.`, open: "Secure it now" },
} as const;

/** Above every page of whoever owes a second proof and still has days for it. */
export const SecuringNews = (): ReactElement => {
  const { securing } = useMe();
  const said = words[useLanguage()];
  const time = useTimeWords();
  if (securing?.status !== "asked" || securing.until === null) return <></>;
  return (
    <section className={css["news"]} aria-label={said.label}>
      <Icon name="shield" />
      <p role="status">{said.sentence(time.mediumDate(securing.until))}</p>
      <div className={css["acts"]}><ButtonLink kind="primary" size="small" href="/amankan">{said.open}</ButtonLink></div>
    </section>
  );
};
