import { useQueryClient } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { useLanguage } from "../kernel/catalog/index.ts";
import { useNow } from "../kernel/clock.ts";
import { useCommand } from "../kernel/queries.ts";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import css from "./AccountNews.module.css";
import { meQuery, useMe, useTimeWords, type Me } from "./me.ts";
import { newsWords } from "./news-words.ts";

/** Where a notice is settled; all others are read again in the history. */
const leads: ReadonlyMap<string, string> = new Map([["ringkasan", "/pengaturan/tindakan"], ["sandi_pendek", "/pengaturan"], ["tanda_tangan_siap", "/meja"], ["tanda_tangan_gugur", "/meja"], ["tanda_tangan_tak_pasti", "/meja"], ["berkas_tertukar", "/pengawasan/keutuhan"], ["sertifikat_berakhir", "/pengaturan"], ["sertifikat_bermasalah", "/pengaturan"]]);

/** News about one's own account above every page, the newest first, until it is put away: whoever did it himself needs one press. */
export const AccountNews = (): ReactElement => {
  const me = useMe();
  const words = newsWords[useLanguage()];
  const time = useTimeWords();
  const now = useNow();
  const client = useQueryClient();
  const putAway = useCommand("session.putAway", { onDone: (_result, { id }) => client.setQueryData<Me>(meQuery.queryKey, (before) => before && { ...before, notices: before.notices.filter((notice) => notice.id !== id) }) });
  const [notice] = me.notices;
  if (notice === undefined) return <></>;
  const others = me.notices.length - 1;
  return (
    <section className={css["news"]} data-news="" aria-label={words.label}>
      <Icon name="shield" />
      <p role="status">{words.sentence(notice.kind, notice.facts)} <small>{time.stamp(notice.at, now)}{others > 0 && ` · ${words.others(others)}`}</small></p>
      <div className={css["acts"]}>
        <ButtonLink kind="quiet" size="small" href={leads.get(notice.kind) ?? "/pengaturan/riwayat"}>{words.look}</ButtonLink>
        <Button size="small" isBusy={putAway.isPending} onClick={() => putAway.mutate({ id: notice.id })}>{words.mine}</Button>
      </div>
    </section>
  );
};
