import { useDeferredValue, useState, type ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useMessages } from "../kernel/catalog/index.ts";
import { useRead } from "../kernel/queries.ts";
import { Icon } from "../ui/Icon.tsx";
import { PostAvatar } from "../ui/Small.tsx";
import { useReceivedMessages } from "./messages.ts";
import css from "./Acts.module.css";

/** A post with its holder of today. */
export type Post = ResultOf<"office.posts">[number];

const shown = 8;

/** Chooses one post by title, unit or name. `startWith` fills the search, for instance with the addressee read from the scan. */
export const PostPicker = ({ label, chosen, onChoose, startWith = "" }: { readonly label: string; readonly chosen: Post | undefined; readonly onChoose: (post: Post) => void; readonly startWith?: string }): ReactElement => {
  const words = useReceivedMessages();
  const { post: postWords } = useMessages();
  const [text, setText] = useState(startWith);
  const query = useDeferredValue(text.trim());
  const found = useRead("office.posts", query.length >= 2 ? { q: query, scope: "all" } : { scope: "all" });
  const rows = (found.data ?? []).slice(0, shown);
  return (
    <fieldset className={css["picker"]}>
      <legend className="vh">{label}</legend>
      <label className={css["search"]}>
        <Icon name="search" size={18} />
        <input type="search" value={text} placeholder={words.acts.directSearch} aria-label={words.acts.directSearch} onChange={(event) => setText(event.target.value)} onKeyDown={(event) => {
          const [first] = rows;
          if (event.key !== "Enter" || event.ctrlKey || event.metaKey || first === undefined) return;
          event.preventDefault();
          onChoose(first);
        }} />
      </label>
      <ul aria-busy={found.isFetching}>
        {rows.map((post) => (
          <li key={post.id}>
            <label className={css["choice"]}>
              <input type="radio" name={label} checked={chosen?.id === post.id} onChange={() => onChoose(post)} />
              <PostAvatar name={post.holder ?? post.title} kind={post.holder === null ? "vacant" : post.holding === "definitif" ? "person" : "acting"} />
              <span>
                <b>{post.title}</b>
                <small>{[post.holder ?? words.acts.directNobody, post.holding === null ? "" : postWords.holding[post.holding], post.unit].filter((part) => part !== "").join(" · ")}</small>
              </span>
              <Icon name="check" size={18} />
            </label>
          </li>
        ))}
      </ul>
      {found.isSuccess && rows.length === 0 && <p className={css["hint"]}>{words.dispose.none}</p>}
      {found.error !== null && <p className={css["fault"]} role="alert">{found.error.message}</p>}
    </fieldset>
  );
};
