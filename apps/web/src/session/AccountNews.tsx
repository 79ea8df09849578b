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

/** News about one's own account above every page, until it is put away: whoever did it himself needs one press. */
export const AccountNews = (): ReactElement | null => {
  const me = useMe();
  const words = newsWords[useLanguage()];
  const time = useTimeWords();
  const now = useNow();
  const client = useQueryClient();
  const putAway = useCommand("session.putAway", { onDone: (_result, { id }) => client.setQueryData<Me>(meQuery.queryKey, (before) => before && { ...before, notices: before.notices.filter((notice) => notice.id !== id) }) });
  if (me.notices.length === 0) return null;
  return (
    <section className={css["news"]} data-news="" aria-label={words.label}>
      {me.notices.map((notice) => (
        <div key={notice.id} className={css["one"]} role="status">
          <Icon name="shield" />
          <p>{words.sentence(notice.kind, notice.facts)} <small>{time.when(notice.at, now)}</small></p>
          <div className={css["acts"]}>
            <ButtonLink kind="quiet" size="small" href={notice.kind === "ringkasan" ? "/pengaturan/tindakan" : notice.kind === "sandi_pendek" ? "/pengaturan" : "/pengaturan/riwayat"}>{words.look}</ButtonLink>
            <Button size="small" isBusy={putAway.isPending && putAway.variables.id === notice.id} onClick={() => putAway.mutate({ id: notice.id })}>{words.mine}</Button>
          </div>
        </div>
      ))}
    </section>
  );
};
